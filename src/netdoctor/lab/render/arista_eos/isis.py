"""IS-IS, where a plan has it."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import address_of, as_json, far_end, heard, link_state, system_id

TAG = "CORE"
STATES = {"full": "up", "init": "init"}
LEVELS = {"1": "level-1", "2": "level-2", "1-2": "level-1-2"}


def _instance(view: View, told: dict[str, Any]) -> str:
    vrfs = {"default": {"isisInstances": {TAG: told}}} if link_state(view, "isis") else {}
    return as_json({"vrfs": vrfs})


@answers("show isis neighbors detail vrf all | json", "show isis neighbors vrf all | json")
def neighbors(view: View) -> str:
    found: dict[str, dict[str, Any]] = {}
    for end in link_state(view, "isis"):
        far = far_end(view, end)
        if far and heard(end):
            entry = found.setdefault(system_id(far.device), {"adjacencies": []})
            entry["adjacencies"].append(_adjacency(end, far, view))
    return _instance(view, {"neighbors": found})


def _adjacency(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    address = address_of(far.port)
    return {
        "state": STATES[end.state],
        "circuitId": str(end.port.index),
        "routerIdV4": far.device.router_id,
        "interfaceName": end.port.name,
        "lastHelloTime": int(view.device_time - 4.0),
        "level": LEVELS[end.level],
        "snpa": "P2P",
        "hostname": far.device.name,
        "details": {
            "advertisedHoldTime": 30,
            "stateChanged": end.since + view.device.clock_offset_s,
            "ip4Address": address[0] if address else "",
            "areaIds": [far.area],
            "interfaceAddressFamily": "ipv4",
            "neighborAddressFamily": "ipv4",
            "bfdIpv4State": "adminDown",
        },
    }


@answers(
    "show isis interface brief vrf all | json",
    "show isis interface vrf all | json",
    "show isis interface {interface} | json",
)
def interfaces(view: View, interface: str | None = None) -> str:
    ends = [end for end in link_state(view, "isis") if interface in (None, end.port.name)]
    return _instance(view, {"interfaces": {end.port.name: _interface(end) for end in ends}})


def _interface(end: IgpInterface) -> dict[str, Any]:
    levels = ("1", "2") if end.level == "1-2" else (end.level,)
    return {
        "enabled": end.port.oper_up,
        "index": end.port.index,
        "mtu": end.port.mtu_bytes,
        "interfaceAddressFamily": "ipv4",
        "interfaceType": "point-to-point" if end.network_type == "point_to_point" else "broadcast",
        "interfaceSpeed": end.port.speed_bps // 1_000_000,
        "intfLevels": {level: _level(end) for level in levels},
        "areaProxyBoundary": False,
    }


def _level(end: IgpInterface) -> dict[str, Any]:
    return {
        "ipv4Metric": end.cost,
        "numAdjacencies": int(end.adjacent),
        "linkId": str(end.port.index),
        "sharedSecretProfile": "",
        "isisAdjacencies": [],
        "authenticationMode": "MD5" if end.password else "None",
        "passive": end.passive,
        "v4Protection": "disabled",
        "v6Protection": "disabled",
    }


@answers("show isis summary vrf all | json")
def instance(view: View) -> str:
    ends = link_state(view, "isis")
    return _instance(
        view,
        {
            "systemId": system_id(view.device),
            "areaAddresses": sorted({end.area for end in ends}),
            "isType": LEVELS[_level_of_all(ends)],
            "hostname": view.device.name,
            "setOverloadBit": {"set": False},
        },
    )


def _level_of_all(ends: list[IgpInterface]) -> str:
    levels = {level for end in ends for level in end.level.split("-")}
    return "-".join(sorted(levels)) or "2"
