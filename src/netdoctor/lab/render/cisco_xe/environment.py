"""Sensors, fans and power supplies."""

from __future__ import annotations

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers

SENSORS = """
Sensor List:  Environmental Monitoring
 Sensor           Location          State             Reading         Threshold(Minor,Major,Critical,Shutdown)
"""
POWER = """
Power                                                    Fan States
Supply  Model No              Type  Capacity  Status     1     2
------  --------------------  ----  --------  ---------  -----------
"""
FANS = """
Fan                 Fan States
Tray    Status      0     1
------  ----------  -----------
"""
STATES = {"ok": "Normal", "hot": "Major", "critical": "Critical"}
SHUTDOWN_ABOVE = 5


@answers("show environment all", "show environment")
def environment(view: View) -> str:
    sensors = {kind: list(view.device.sensors_of(kind)) for kind in ("temperature", "power", "fan")}
    states = [one.state for one in sensors["temperature"]]
    return (
        f"Number of Critical alarms:  {states.count('critical')}\n"
        f"Number of Major alarms:     {states.count('hot')}\n"
        "Number of Minor alarms:     0\n"
        + SENSORS
        + "".join(map(_probe, sensors["temperature"]))
        + POWER
        + "".join(map(_supply, sensors["power"]))
        + "\nPS Current Configuration Mode : Combined\n"
        + "PS Current Operating State    : Normal\n\n"
        + f"Power supplies currently active    : {sum(one.working for one in sensors['power'])}\n"
        + f"Power supplies currently available : {len(sensors['power'])}\n"
        + FANS
        + "".join(map(_tray, sensors["fan"]))
    )


def _probe(probe: Sensor) -> str:
    high, critical = round(probe.high_alarm or 0), round(probe.high_critical or 0)
    limits = f"({high - 5:<3},{high:<3},{critical:<3},{critical + SHUTDOWN_ABOVE:<3})(Celsius)"
    state = STATES.get(probe.state, "Normal")
    place = f"{probe.name:<16} {probe.description:<17}"
    return f" {place} {state:<17} {round(probe.value):<3} Celsius     {limits}\n"


def _supply(supply: Sensor) -> str:
    if not supply.working:
        return f"{supply.name:<7} {supply.description:<21} ac    n.a.      bad-input  n.a.  n.a. \n"
    return f"{supply.name:<7} {supply.description:<21} ac    3000 W    active     good  good \n"


def _tray(tray: Sensor) -> str:
    status, word = ("active", "good") if tray.working else ("fail", "bad")
    return f"{tray.name:<7} {status:<11} {word:<5} {word:<5}\n"
