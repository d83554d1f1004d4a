"""Layer 2: MAC addresses and spanning tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from netdoctor.model.facts import Fact, MacEntry, StpInstance, StpPort
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    bounded,
    document,
    each,
    inner,
    listed,
    objects,
    over,
    seconds,
)
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.values import count, mac_address, text

_KINDS: dict[str, Literal["dynamic", "static"]] = {
    "dynamic": "dynamic",
    "learneddynamic": "dynamic",
    "static": "static",
    "configuredstatic": "static",
    "peerdynamic": "dynamic",
    "peerstatic": "static",
}


@command(
    "show mac address-table | json",
    area="l2",
    gives=(MacEntry,),
    targets_only=True,
    aliases=("show mac address-table {options*} | json", "show mac-address-table[ unicast] | json"),
)
def mac_table(output: str) -> Read:
    """Every address, and how often it moved."""
    found = document(output)
    if found and "unicastTable" not in found:
        raise NotUnderstood("no 'unicastTable'")
    entries = [
        entry
        for table in ("unicastTable", "multicastTable")
        for entry in listed(inner(found, table).get("tableEntries"))
    ]
    yield from bounded(over(entries, _mac), "MAC addresses")
    if found and not entries:
        yield EMPTY


def _mac(_: str, found: Object) -> Iterator[Fact]:
    mac = mac_address(found.get("macAddress"))
    if mac is None:
        raise ValueError("an entry without an address")
    vlan = count(found.get("vlanId"))
    given = [text(found.get("interface")), *(text(port) for port in listed(found.get("interfaces")))]
    ports: list[str | None] = [port for port in given if port]
    for port in ports or [None]:
        yield MacEntry(
            mac=mac,
            vlan=None if vlan is None else str(vlan),
            interface=port,
            kind=_KINDS.get((text(found.get("entryType")) or "").lower()),
            moves_count=count(found.get("moves")),
        )


@command("show vxlan address-table | json", area="overlay", gives=(MacEntry,), targets_only=True)
def vxlan_addresses(output: str) -> Read:
    """The addresses behind remote tunnel endpoints."""
    yield from each(document(output), "addresses", _remote)


def _remote(_: str, found: Object) -> Iterator[Fact]:
    mac, vlan = mac_address(found.get("macAddress")), count(found.get("vlanId"))
    if mac is None:
        raise ValueError("an entry without an address")
    yield MacEntry(
        mac=mac,
        vlan=None if vlan is None else str(vlan),
        interface="Vxlan1" if text(found.get("interface")) == "Vx1" else text(found.get("interface")),
        remote_vtep=text(found.get("vtep")),
        kind="remote",
        moves_count=count(found.get("moves")),
    )


@command("show spanning-tree blockedports | json", area="l2", gives=(StpPort,))
def blocked_ports(output: str) -> Read:
    """The ports that each instance keeps from forwarding."""
    yield from each(document(output), "spanningTreeInstances", _blocked)


def _blocked(instance: str, found: Object) -> Iterator[Fact]:
    for port in filter(None, map(text, listed(found.get("spanningTreeBlockedPorts")))):
        yield StpPort(instance=instance, interface=port, state="discarding")


STATES: dict[str, Any] = {
    "forwarding": "forwarding",
    "learning": "learning",
    "listening": "listening",
    "discarding": "discarding",
    "blocking": "discarding",
    "disabled": "disabled",
}


@command(
    "show spanning-tree topology status detail | json",
    area="l2",
    gives=(StpPort,),
    aliases=("show spanning-tree topology[ vlan {vlan}] status[ detail] | json",),
)
def topologies(output: str, at: datetime | None = None) -> Read:
    """The state of every port in every topology, and how often it changed."""
    yield from each(document(output), "topologies", lambda name, found: _ports(name, found, seconds(at)))


def _ports(instance: str, found: Object, now_s: float | None) -> Iterator[Fact]:
    for name, port in objects(found.get("interfaces")):
        yield StpPort(
            instance=instance,
            interface=name,
            state=STATES.get((text(port.get("state")) or "").lower()),
            topology_changes_count=count(port.get("numChanges")),
            last_change_s=age_s(port.get("lastChange"), now_s),
        )


@command(
    "show spanning-tree root detail | json",
    area="l2",
    gives=(StpInstance,),
    aliases=("show spanning-tree root | json",),
)
def roots(output: str) -> Read:
    """The root bridge of every instance."""
    yield from each(document(output), "instances", lambda name, found: [_root(name, found)])


def _root(instance: str, found: Object) -> Fact:
    root = inner(found, "rootBridge")
    priority, extension = count(root.get("priority")), count(root.get("systemIdExtension"))
    return StpInstance(
        instance=instance,
        root_mac=mac_address(root.get("macAddress")),
        # IEEE 802.1Q-2022 13.26.3: the identifier's priority has the VLAN or instance in its low twelve bits.
        root_priority=None if priority is None else priority // 4096 * 4096 + (extension or priority % 4096),
        root_port=text(inner(found, "rootPort").get("interface")) or text(found.get("rootPort")),
    )


PROTOCOLS: dict[str, Any] = {
    "mstp": "mstp",
    "rstp": "rstp",
    "rapidpvst": "pvst",
    "rapid-pvst": "pvst",
    "stp": "stp",
}


@command(
    "show spanning-tree vlan detail | json",
    area="l2",
    gives=(StpInstance,),
    arguments=lambda facts: (),
    aliases=("show spanning-tree vlan[ {vlan}] detail | json",),
)
def vlans(output: str) -> Read:
    """The spanning tree of every VLAN that has one."""
    yield from each(document(output), "spanningTreeVlanInstances", _vlan)


def _vlan(vlan: str, found: Object) -> Iterator[Fact]:
    instance = inner(found, "spanningTreeVlanInstance")
    bridge = inner(instance, "bridge")
    if instance:
        yield StpInstance(
            instance=f"VL{vlan}",
            protocol=PROTOCOLS.get(text(instance.get("protocol")) or ""),
            bridge_mac=mac_address(bridge.get("macAddress")),
            bridge_priority=count(bridge.get("priority")),
        )
