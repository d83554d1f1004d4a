"""Temperatures, fans and power supplies."""

from __future__ import annotations

from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import Row, document, table

ALARMS = {"ok": "Ok", "hot": "MinorAlarm", "critical": "MajorAlarm", "failed": "Fail"}
CAPACITY_W = 500


@answers("show environment | json")
def environment(view: View) -> str:
    model = chassis(view.device.platform).fan_model
    fans = [_fan(sensor, model) for sensor in view.device.sensors_of("fan")]
    probes = [_probe(sensor) for sensor in view.device.sensors_of("temperature")]
    zone = table("fan_zone_speed", [{"zone": "1", "zonespeed": "0x80"}])
    return document(
        {"fandetails": {**table("faninfo", fans), **zone, "fan_filter_status": "NotSupported"}},
        table("tempinfo", probes),
        {"powersup": _power(view)},
    )


def _fan(sensor: Sensor, model: str) -> Row:
    return {
        "fanname": sensor.name,
        "fanmodel": model,
        "fanhwver": "--",
        "fandir": "front-to-back",
        "fanstatus": "Ok" if sensor.working else "Failure",
    }


def _probe(sensor: Sensor) -> Row:
    return {
        "tempmod": "1",
        "sensor": sensor.name,
        "majthres": f"{sensor.high_critical:.0f}",
        "minthres": f"{sensor.high_alarm:.0f}",
        "curtemp": f"{sensor.value:.0f}",
        "alarmstatus": ALARMS[sensor.state],
    }


def _power(view: View) -> Row:
    supplies = list(view.device.sensors_of("power"))
    working = sum(supply.working for supply in supplies)
    drawn_w = sum(supply.value for supply in supplies)
    mode = "PS-Redundant" if working > 1 else "Non-Redundant"
    return {
        "voltage_level": 12,
        "power_summary": {
            "ps_redun_mode": "PS-Redundant",
            "ps_oper_mode": mode,
            "tot_pow_capacity": f"{CAPACITY_W:.2f} W",
            "tot_gridA_capacity": f"{CAPACITY_W:.2f} W",
            "tot_gridB_capacity": f"{CAPACITY_W if working > 1 else 0:.2f} W",
            "cumulative_power": f"{CAPACITY_W * working:.2f} W",
            "tot_pow_out_actual_draw": f"{drawn_w:.2f} W",
            "tot_pow_input_actual_draw": f"{drawn_w * 1.1:.2f} W",
            "tot_pow_alloc_budgeted": "N/A",
            "available_pow": "N/A",
        },
        **table("psinfo", [_supply(number, supply) for number, supply in enumerate(supplies, 1)]),
    }


def _supply(number: int, supply: Sensor) -> Row:
    return {
        "psnum": number,
        "psmodel": supply.description or "NXA-PAC-500W-PE",
        "actual_out": f"{supply.value:5.0f} W",
        "actual_input": f"{supply.value * 1.1:5.0f} W",
        "tot_capa": f"{CAPACITY_W if supply.working else 0:5d} W",
        "ps_status": "Ok" if supply.working else "Shutdown",
    }
