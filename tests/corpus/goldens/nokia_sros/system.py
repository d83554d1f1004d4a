"""The router itself: ntc-templates, Genie and napalm."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import Clock, CpuMemory, DeviceInfo, Interface, NtpPeer, Sensor
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden
from tests.corpus.goldens.nokia_sros.words import NO_USE, OWN


def _cpu(record: Record) -> Iterator[Expected]:
    """The sums stand among the tasks, by their names."""
    rows = {row["name"].strip(): row["cpu_usage"].strip("~%") for row in record.golden["parsed_sample"]}
    sums = {"Total", "Idle", "Usage", "Busiest Core Utilization"}
    tasks = {name: float(value) for name, value in rows.items() if name not in sums and value}
    top = max(tasks, key=lambda name: tasks[name])
    fields = {"top_process": top, "top_process_cpu_pct": tasks[top]}
    if "Usage" in rows:
        fields["cpu_pct"] = float(rows["Usage"])
    yield Expected(CpuMemory, {}, fields)


def _ntp(record: Record) -> Iterator[Expected]:
    """A server that is not reached has no stratum, and its offset says nothing."""
    status = record.golden["clock_state"]["system_status"]
    yield Expected(Clock, {}, {"synchronised": status["clock_source"] != "None"})
    for address, told in record.golden["peer"].items():
        found = told["local_mode"]["client"]
        reached = "Y" in found["reach"]
        fields = {
            "selected": found["state"] == "chosen",
            "reachable": reached,
            "stratum": int(found["stratum"]) if found["stratum"] != "-" else None,
            "offset_ms": found["offset"] if reached else None,
        }
        yield Expected(NtpPeer, {"address": address}, fields)


def _napalm_ntp(record: Record) -> Iterator[Expected]:
    """One golden joins servers and peers: this answer has the peers."""
    for told in (told for told in record.golden if told["type"] == "actpr"):
        fields = {"stratum": told["stratum"], "offset_ms": told["offset"], "selected": told["synchronized"]}
        yield Expected(NtpPeer, {"address": told["remote"]}, fields)


def _napalm_environment(record: Record) -> Iterator[Expected]:
    """One golden joins several answers: this one has the power modules. One that gives nothing is absent."""
    for number, told in record.golden["power"].items():
        state = "ok" if told["status"] else "absent"
        yield Expected(Sensor, {"name": f"power module 1/{number}"}, {"state": state})


def _napalm_facts(record: Record) -> Iterator[Expected]:
    told = record.golden
    fields = {
        "vendor": told["vendor"],
        "model": told["model"],
        "serial": told["serial_number"],
        "os_version": told["os_version"],
        "hostname": told["hostname"],
        "uptime_s": told["uptime"],
    }
    yield Expected(DeviceInfo, {}, fields)
    for name in told["interface_list"]:
        yield Expected(Interface, {"interface": name}, {"interface": name})


GOLDENS: dict[str, Golden] = {
    "show_system_cpu": Golden(
        also=_cpu,
        also_reads=("parsed_sample.*.name", "parsed_sample.*.cpu_usage"),
        reasons={"parsed_sample.*.cpu_time": NO_USE, "parsed_sample.*.capacity_usage": NO_USE},
    ),
    "ShowSystemNtpAll": Golden(
        also=_ntp,
        also_reads=(
            "clock_state.system_status.clock_source",
            *(f"peer.*.local_mode.client.{key}" for key in ("state", "reach", "stratum", "offset", "remote")),
        ),
        reasons={
            "clock_state.system_status.current_date_time": "held by a test of our own reading",
            **{
                f"clock_state.system_status.{key}": NO_USE
                for key in (
                    "admin_status",
                    "auth_check",
                    "configured",
                    "oper_status",
                    "server_authenticate",
                    "server_enabled",
                    "stratum",
                )
            },
            **{f"peer.*.local_mode.client.{key}": NO_USE for key in ("a", "poll", "refid", "router", "type")},
        },
    ),
    "get_ntp_stats": Golden(
        also=_napalm_ntp,
        also_reads=("*.remote", "*.stratum", "*.offset", "*.synchronized", "*.type"),
        reasons={
            f"*.{key}": OWN for key in ("referenceid", "hostpoll", "when", "reachability", "delay", "jitter")
        },
    ),
    "get_environment": Golden(
        also=_napalm_environment,
        also_reads=("power.*.status",),
        reasons={
            "power.*.capacity": "no field for what a module could give",
            "power.*.output": OWN,
            "fans": "of another answer of the same case",
            "temperature": "of another answer of the same case",
            "memory": "of another answer of the same case",
            "cpu": "of another answer of the same case",
        },
    ),
    "get_facts": Golden(also=_napalm_facts, also_reads=("*",)),
}
