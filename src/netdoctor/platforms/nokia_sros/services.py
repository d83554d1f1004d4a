"""Services of layer 2: spanning tree, VXLAN, EVPN, Ethernet segments; DHCP relay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import (
    DhcpRelay,
    EthernetSegment,
    EvpnInstance,
    Fact,
    StpInstance,
    StpPort,
    Vni,
    Vtep,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, on_request, pairs, said, unless_none, yes
from netdoctor.platforms.values import clean, count, is_ip, mac_address

_ROLES: Final[dict[str, Any]] = {
    "root": "root", "designated": "designated", "alternate": "alternate", "backup": "backup",
    "disabled": "disabled",
    "master": "master",
}  # fmt: skip
_STATES: Final[dict[str, Any]] = {
    "forward": "forwarding", "forwarding": "forwarding", "learn": "learning", "learning": "learning",
    "discard": "discarding", "discarding": "discarding", "blocking": "discarding", "disabled": "disabled",
    "listening": "listening", "broken": "broken",
}  # fmt: skip
_STP_ROW: Final = re.compile(
    r"^(?P<port>(?:sap:|sdp:)?[^\s:/]{1,40}[:/]\S{1,60}) +(?P<oper>\S+) +(?P<role>Root|Designated|Alternate|"
    r"Backup|Disabled|N/A|\S+) +"
    r"(?P<state>Forward|Learn|Discard\w*|Block\w*|Disabled|Broken|N/A|\S+) +(?P<num>\d+|N/A)\b.*$",
    re.M,
)


@command(
    "show service id {service} stp",
    area="l2",
    gives=(StpInstance, StpPort),
    arguments=on_request,
    aliases=("show service id {service} stp[ detail]",),
)
def stp(output: str, service: str = "") -> Read:
    """The spanning tree of one VPLS: the bridge, its root, and each SAP or spoke."""
    instance = service.strip('"') or "vpls"
    rows = list(_STP_ROW.finditer(output))
    if _BRIDGE.search(output):
        ports = {row["num"]: clean(row["port"]).removeprefix("sap:") for row in rows}
        yield _instance(instance, output, ports)
    for row in rows:
        yield StpPort(
            instance=instance,
            interface=clean(row["port"]).removeprefix("sap:"),
            role=_ROLES.get(row["role"].lower()),
            state=_STATES.get(row["state"].lower()),
        )


_BRIDGE: Final = re.compile(
    r"\b(?P<whose>Bridge Id|Root Bridge|Designated Root) *: (?:(?P<priority>[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2})\."
    r"(?P<mac>[0-9A-Fa-f:]{17})|(?P<this>This Bridge))"
)
_MODE: Final = re.compile(r"^(?:Mode|Oper Mode) *: (\S+)", re.M)
_PROTOCOLS: Final = (("mstp", "mstp"), ("rstp", "rstp"), ("dot1w", "rstp"), ("comp", "rstp"), ("stp", "stp"))


def _instance(instance: str, output: str, ports: dict[str, str]) -> StpInstance:
    bridges = {found["whose"]: found for found in _BRIDGE.finditer(output)}
    own, root = bridges.get("Bridge Id"), bridges.get("Root Bridge") or bridges.get("Designated Root")
    mode, port = _MODE.search(output), re.search(r"\bRoot Port *: (\S+)", output)
    changes = re.search(r"\bTop\. Change Count *: (\d+)", output)
    protocol: Any = next((ours for word, ours in _PROTOCOLS if mode and word in mode[1].lower()), None)
    is_root = bool(root["this"] or (own and own["mac"] == root["mac"])) if root else None
    return StpInstance(
        instance=instance,
        protocol=protocol,
        bridge_mac=mac_address(own["mac"]) if own else None,
        bridge_priority=_priority(own),
        root_mac=mac_address(own["mac"] if is_root and own else root["mac"]) if root else None,
        root_priority=_priority(own if is_root else root),
        is_root=is_root,
        root_port=ports.get(port[1], said(port[1])) if port and not is_root else None,
        topology_changes_count=count(changes[1]) if changes else None,
    )


def _priority(bridge: re.Match[str] | None) -> int | None:
    word = bridge["priority"] if bridge else None
    return int(word.replace(":", ""), 16) if word else None


_VTEP_ROW: Final = re.compile(
    r"^(?:(?P<instance>\d+) +)?(?P<address>[0-9A-Fa-f]+[.:][0-9A-Fa-f.:]+) +(?P<vni>\d+) +(?P<rest>\S.*)$",
    re.M,
)


@command(
    "show service id {service} vxlan",
    area="overlay",
    gives=(Vni, Vtep),
    arguments=on_request,
    aliases=(
        "show service id {service} vxlan destinations",
        "show service id {service} vxlan instance {number} oper-flags",
    ),
)
def vxlan(output: str, service: str = "", number: str = "") -> Read:
    """The VNIs of a service, and the tunnel endpoints that its traffic goes to."""
    for found in re.findall(r"^ *(?:Ingress )?VNI *: *(\d+)", output, re.M):
        yield Vni(vni=int(found))
    for row in _VTEP_ROW.finditer(output):
        if is_ip(row["address"]):
            state = re.search(r"\b(Up|Down)\b", row["rest"])
            yield Vtep(
                address=row["address"],
                state="down" if state and state[1] == "Down" else "up" if state else None,
            )


@command(
    "show service id {service} bgp-evpn",
    area="overlay",
    gives=(EvpnInstance,),
    arguments=on_request,
)
def evpn(output: str, service: str = "") -> Read:
    """The EVPN instance of a service, by its EVI."""
    found = pairs(output)
    if "evi" not in found and "oper mac advertisement" not in found and "mac advertisement" not in found:
        return
    evi = said(found.get("evi"))
    yield EvpnInstance(
        name=evi or service.strip('"'),
        route_distinguisher=said(found.get("oper route dist") or found.get("route dist")),
        state="up"
        if yes(
            found.get("bgp evpn vxlan oper state")
            or found.get("vxlan admin status")
            or found.get("admin status")
        )
        else None,
    )


_SEGMENT: Final = re.compile(
    r"^(?P<name>\S+) +(?P<esi>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){9}) +(?P<adm>Enabled|Disabled|Up|Down) +"
    r"(?P<opr>Up|Down|\S+)",
    re.M,
)


@command(
    "show service system bgp-evpn ethernet-segment",
    area="overlay",
    gives=(EthernetSegment,),
    aliases=("show service system bgp-evpn ethernet-segment name {name}[ {which}]",),
)
def segments(output: str, name: str = "", which: str = "") -> Read:
    """Every Ethernet segment; one by its name in full."""
    yield from unless_none(output, _segments(output))


def _segments(output: str) -> Iterator[Fact | Note]:
    for found in _SEGMENT.finditer(output):
        yield EthernetSegment(esi=found["esi"].lower(), state="up" if found["opr"] == "Up" else "down")
    told = pairs(output)
    if esi := said(told.get("esi") or told.get("oper esi")):
        homing = re.sub(
            r"[^a-z]", "", (told.get("oper multi-homing") or told.get("admin multi-homing") or "").lower()
        )
        place = said(told.get("port id") or told.get("lag id") or told.get("lag"))
        yield EthernetSegment(
            esi=esi.lower(),
            interface=f"lag-{place}" if place and place.isdigit() else place,
            state="up"
            if yes(told.get("oper state"))
            else "down"
            if yes(told.get("oper state")) is False
            else None,
            redundancy_mode="all_active"
            if homing.startswith("allactive")
            else "single_active"
            if homing.startswith("singleactive")
            else None,
        )


_DHCP: Final = re.compile(
    r"^(?P<what>Received Packets|Transmitted Packets|Received Malformed Packets|Received Untrusted Packets"
    r"|Client Packets (?:Discarded|Relayed|Snooped|Proxied \(RADIUS\))|Server Packets (?:Discarded|"
    r"Relayed|Snooped)) *: *(?P<count>\d+)",
    re.M,
)


@command(
    "show router dhcp statistics",
    area="services",
    gives=(DhcpRelay,),
    sampled=True,
    aliases=("show router[ {router}] dhcp statistics[ interface {interface}]",),
)
def dhcp(output: str, router: str = "", interface: str = "") -> Read:
    """What the relay passed on and discarded, in all, or on one interface."""
    found = {row["what"]: count(row["count"]) for row in _DHCP.finditer(output)}
    if not found:
        return
    lost = [found.get(f"{side} Packets Discarded") for side in ("Client", "Server")]
    yield DhcpRelay(
        interface=interface.strip('"') or "all",
        requests_count=found.get("Client Packets Relayed", found.get("Received Packets")),
        replies_count=found.get("Server Packets Relayed"),
        dropped_count=sum(value for value in lost if value is not None)
        if any(v is not None for v in lost)
        else None,
    )
