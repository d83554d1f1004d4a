"""IS-IS as FRR's isisd prints it."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Device
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import address_of, as_json, far_end, heard, link_state, system_id

AREA_TAG = "CORE"
STATES = {"full": "Up", "init": "Initializing"}
LEVELS = {"1": "L1", "2": "L2", "1-2": "L1L2"}


def network_entity(device: Device) -> str:
    """The network entity title of IS-IS: area, system id, and `00` (ISO 10589)."""
    area = next(end.area for end in device.igp.values() if end.protocol == "isis")
    return f"{area}.{system_id(device)}.00"


def _areas(view: View, circuits: list[dict[str, Any]]) -> str:
    areas = [{"area": AREA_TAG, "circuits": circuits}] if link_state(view, "isis") else []
    return as_json({"vrfs": [{"vrf": "default", "areas": areas}]}, indent=2)


@answers(
    'vtysh -c "show isis vrf all neighbor detail json"',
    'vtysh -c "show isis neighbor detail json"',
    'vtysh -c "show isis neighbor json"',
)
def neighbors(view: View) -> str:
    circuits = []
    for end in link_state(view, "isis"):
        far = far_end(view, end)
        circuits.append(_adjacency(end, far, view) if far and heard(end) else {"circuit": 0})
    return _areas(view, circuits)


def _adjacency(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    address, since_s = address_of(far.port), int(view.at - end.since)
    return {
        "circuit": 0,
        "adj": far.device.name,
        "interface": {
            "name": end.port.name,
            "state": STATES[end.state],
            "adj-flaps": 1 + end.transitions_count,
            "last-ago": f"{since_s // 3600}h{since_s % 3600 // 60}m{since_s % 60}s",
            "circuit-type": LEVELS[end.level],
            "speaks": "IPv4",
            "snpa": "2020.2020.2020",
            "area-address": {"isonet": far.area},
            "ipv4-address": {"ipv4": address[0] if address else ""},
            "adj-sid": {},
        },
        "level": int(end.level.rpartition("-")[2]),
        "expires-in": "28s",
    }


@answers('vtysh -c "show isis vrf all interface detail json"', 'vtysh -c "show isis interface detail json"')
def interfaces(view: View) -> str:
    return _areas(view, [_circuit(end) for end in link_state(view, "isis")])


@answers('vtysh -c "show isis interface {interface} json"')
def interface(view: View, interface: str) -> str:
    return _areas(view, [_circuit(end) for end in link_state(view, "isis") if end.port.name == interface])


def _circuit(end: IgpInterface) -> dict[str, Any]:
    levels = ("1", "2") if end.level == "1-2" else (end.level,)
    return {
        "circuit": 0,
        "interface": {
            "name": end.port.name,
            "circuit-id": "0x0",
            "state": "Up" if end.port.oper_up else "Down",
            "type": "p2p" if end.network_type == "point_to_point" else "lan",
            "level": LEVELS[end.level],
            "is-passive": "passive" if end.passive else "active",
            "levels": [_level(level, end) for level in levels],
        },
    }


def _level(level: str, end: IgpInterface) -> dict[str, Any]:
    return {
        "level": LEVELS[level],
        "metric": end.cost,
        "active-neighbors": int(end.adjacent),
        "hello-interval": int(end.hello_interval_s),
        "holddown": {"cnt": 10, "pad": "yes"},
        "cnsp-interval": 10,
        "psnp-interval": 2,
    }


@answers('vtysh -c "show isis vrf all summary json"', 'vtysh -c "show isis summary json"')
def summary(view: View) -> str:
    if not link_state(view, "isis"):
        return as_json({"vrfs": []}, indent=2)
    up_s = int(view.at - view.device.booted_at)
    instance = {
        "vrf": "default",
        "process-id": 712,
        "system-id": system_id(view.device),
        "up-time": f"{up_s // 86400}d{up_s % 86400 // 3600:02d}h{up_s % 3600 // 60:02d}m ago",
        "number-areas": 1,
        "areas": [{"area": AREA_TAG, "net": network_entity(view.device), "levels": [{"id": 2}]}],
    }
    return as_json({"vrfs": [instance]}, indent=2)
