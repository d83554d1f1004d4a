"""Spanning tree: instances and ports, in the many tables that IOS shows them in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.facts import StpInstance, StpPort, TableUse
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.cisco_xe.spanning_tree_detail import detail
from netdoctor.platforms.cisco_xe.spanning_tree_words import guard, instance_name, protocol, role, state
from netdoctor.platforms.text import Line, Read, each, first, lines
from netdoctor.platforms.values import mac_address

_NONE = re.compile(
    r"No spanning tree instances? exists?|in the system *: *0\b|no spanning.tree info"
    r"|Spanning tree .*not exist",
    re.I,
)


@command(
    "show spanning-tree summary",
    area="l2",
    gives=(StpInstance, TableUse),
    arguments=on_request,
    aliases=("show spanning-tree summary {scope*}",),
)
def summary(output: str) -> Read:
    """The instances, which of them this switch is the root of, and how many logical ports there are."""
    yield from _summary(output)


@command("show spanning-tree", area="l2", gives=(StpPort, StpInstance), targets_only=True)
@command("show spanning-tree inconsistentports", area="l2", gives=(StpPort,))
@command(
    "show spanning-tree detail",
    area="l2",
    gives=(StpPort, StpInstance),
    targets_only=True,
    timeout_s=30.0,
    aliases=("show spanning-tree interface {interface}", "show spanning-tree {scope*}"),
)
def spanning_tree(output: str, interface: str = "") -> Read:
    """Every instance and port. What the answer is, its headings say."""
    nothing = True
    reader = next((reader for mark, reader in _READERS if mark.search(output)), None)
    found = reader(output) if reader else each(lines(output), _Table(interface).read)
    for item in found:
        nothing = False
        yield item
    if nothing and _NONE.search(output):
        yield EMPTY


_HEAD = re.compile(r"^\s*(?:#+ )?((?:\w+:)?VLAN\d+|MST\d+|Bridge group \d+)\s*(?:vlans mapped.*)?$")
_PROTOCOL = re.compile(r"Spanning tree enabled protocol (\S+)")
_SELF = re.compile(r"This bridge is the root|\b[Tt]his switch for")
_ID = re.compile(r"^\s*(Root|Bridge) +ID +Priority +(\d+)")
_MST_ID = re.compile(r"^\s*(Root|Bridge) +address +(\S+) +priority +(\d+)")
_ADDRESS = re.compile(r"^\s*Address +([0-9A-Fa-f.]{14})")
_ROOT_PORT = re.compile(r"^\s*(?:Port +\d+ \(([^)]+)\)|port +([A-Za-z]\S*) )")
_PORT = re.compile(
    r"^\s*(?P<name>\S+)\s+(?P<role>Desg|Root|Altn|Back|Mstr|Boun|Dis\w*|Down|---?-?)\s+"
    r"(?P<state>FWD|BLK|LRN|LIS|DIS|DWN|BKN|---?)(?:\s+|\*\s*)(?P<cost>\d+)\s+[\d.]+\s*(?P<type>.*)$"
)
_RULE = re.compile(r"^\s*-{3,} -{2,}")


class _Table:
    """The state of reading `show spanning-tree`: the instance, told when its ports begin."""

    def __init__(self, interface: str) -> None:
        self._interface = interface
        self._instance = ""
        self._said: dict[str, Any] = {}
        self._whose = ""

    def read(self, line: Line) -> Iterator[StpInstance | StpPort]:
        said = line.text
        if port := _PORT.match(said):
            yield from self._tell()
            yield self._port(port)
        elif head := _HEAD.match(said):
            yield from self._tell()
            self._instance = instance_name(head[1])
            self._said = {"protocol": "mstp"} if self._instance.startswith("MST") else {}
        elif _RULE.match(said):
            yield from self._tell()
        else:
            self._identity(said)

    def _tell(self) -> Iterator[StpInstance]:
        if self._instance and self._said:
            yield StpInstance(instance=self._instance, **self._said)
        self._said = {}

    def _identity(self, said: str) -> None:
        if found := _PROTOCOL.search(said):
            self._said["protocol"] = protocol(found[1], self._instance)
        elif found := _ID.match(said):
            self._whose = found[1].lower()
            self._said[f"{self._whose}_priority"] = int(found[2])
        elif found := _MST_ID.match(said):
            self._whose = found[1].lower()
            self._said |= {
                f"{self._whose}_mac": mac_address(found[2]),
                f"{self._whose}_priority": int(found[3]),
            }
        elif (found := _ADDRESS.match(said)) and self._whose:
            self._said[f"{self._whose}_mac"] = mac_address(found[1])
        elif _SELF.search(said):
            self._said["is_root"] = True
        elif found := _ROOT_PORT.match(said):
            self._said |= {"root_port": normalise_interface(found[1] or found[2]), "is_root": False}

    def _port(self, found: re.Match[str]) -> StpPort:
        """A row; where one port is asked about, its rows bear the instances' names."""
        name, instance = found["name"], self._instance
        if re.fullmatch(r"(?:\w+:)?VLAN\d+|MST\d+", name):
            if not self._interface:
                raise ValueError("the port is not said")
            name, instance = self._interface, name
        return StpPort(
            instance=instance,
            interface=normalise_interface(name),
            role=role(found["role"]),
            state=state(found["state"]),
            inconsistency=guard(found["type"]),
            cost=int(found["cost"]),
        )


_INCONSISTENT = re.compile(
    r"^\s*(?P<instance>(?:\w+:)?VLAN\d+|MST\d+)\s+(?P<name>[A-Za-z]\S*\d)\s+(?P<what>\S.*Inconsistent|\S+)\s*$",
    re.I,
)


def _inconsistent(output: str) -> Read:
    """`VLAN0010  GigabitEthernet1/0/5  Root Inconsistent`."""

    def read(line: Line) -> Iterator[StpPort]:
        if found := _INCONSISTENT.match(line.text):
            yield StpPort(
                instance=instance_name(found["instance"]),
                interface=normalise_interface(found["name"]),
                state="broken",
                inconsistency=guard(found["what"]),
            )

    yield from each(lines(output), read)


_BLOCKED = re.compile(
    r"^(?P<instance>\s*(?:\w+:)?VLAN\d+|\s*MST\d+)?\s+(?P<names>[A-Za-z]+\d\S*(?:,? +\S+\d)*)\s*$"
)


def _blocked(output: str) -> Read:
    """`VLAN0001  Gi0/2, Gi0/3`; a long list goes on in the next lines."""
    instance = ""

    def read(line: Line) -> Iterator[StpPort]:
        nonlocal instance
        if found := _BLOCKED.match(line.text):
            instance = (found["instance"] or instance).strip()
            for name in re.split(r"[, ]+", found["names"]):
                yield StpPort(instance=instance, interface=normalise_interface(name), state="discarding")

    yield from each(lines(output), read)


_ROOT = re.compile(
    r"^\s*(?P<instance>(?:\w+:)?VLAN\d+|MST\d+)\s+(?P<priority>\d+)\s+(?P<mac>[0-9A-Fa-f.]{14})\s+(?P<cost>\d+)"
    r"\s+\d+\s+\d+\s+\d+(?:\s+(?P<port>[A-Za-z]\S*))?\s*$"
)


def _roots(output: str) -> Read:
    """`VLAN0001  32769 5c6e.f0a7.a0b0  0  2  20  15  Po34`; the root itself has no root port."""

    def read(line: Line) -> Iterator[StpInstance]:
        if found := _ROOT.match(line.text):
            port = found["port"]
            yield StpInstance(
                instance=instance_name(found["instance"]),
                root_priority=int(found["priority"]),
                root_mac=mac_address(found["mac"]),
                root_port=normalise_interface(port) if port else None,
                is_root=port is None and found["cost"] == "0",
            )

    yield from each(lines(output), read)


_BRIDGE = re.compile(
    r"^\s*(?P<instance>(?:\w+:)?VLAN\d+|MST\d+)\s+(?P<priority>\d+)(?: +\([^)]*\))?"
    r"\s+(?P<mac>[0-9A-Fa-f.]{14})\s+\d+\s+\d+\s+\d+\s+(?P<protocol>\w+)"
)


def _bridges(output: str) -> Read:
    """`VLAN0001  32769 (32768,   1) 5c6e.f0a7.a0b0  2  20  15  rstp`."""

    def read(line: Line) -> Iterator[StpInstance]:
        if found := _BRIDGE.match(line.text):
            instance = instance_name(found["instance"])
            yield StpInstance(
                instance=instance,
                bridge_priority=int(found["priority"]),
                bridge_mac=mac_address(found["mac"]),
                protocol=protocol(found["protocol"], instance),
            )

    yield from each(lines(output), read)


_MODE = re.compile(r"Switch is in (\S+) mode")
_ROOT_FOR = re.compile(r"Root bridge for: *([^\n]*(?:\n +(?:VLAN|MST)[^\n]*)*)")
_COUNTS = re.compile(r"^[ \t]*(?P<name>(?:\w+:)?VLAN\d+|MST\d+)(?:[ \t]+\d+){5}[ \t]*$", re.M)
_TOTAL = re.compile(r"^[ \t]*\d+ (?:vlans?|msts?)(?:[ \t]+\d+){4}[ \t]+(?P<active>\d+)[ \t]*$", re.M)


def _summary(output: str) -> Read:
    mode = _MODE.search(output)
    rooted = set(_ranges(first(_ROOT_FOR, output) or ""))
    named = [instance_name(found["name"]) for found in _COUNTS.finditer(output)]
    for name in named or sorted(rooted):
        yield StpInstance(
            instance=name,
            protocol=protocol(mode[1], name) if mode else None,
            is_root=name in rooted if "Root bridge for" in output else None,
        )
    if total := _TOTAL.search(output):
        yield TableUse(table="stp ports", used_count=int(total["active"]))


def _ranges(said: str) -> Iterator[str]:
    """`VLAN0100-VLAN0101, VLAN0405` one by one; a range is bounded by how many VLANs there can be."""
    for word, start, end in re.findall(r"(VLAN|MST)(\d+)(?:-(?:VLAN|MST)?(\d+))?", said):
        for number in range(int(start), min(int(end or start), 4095) + 1):
            yield f"{word}{number:04d}" if word == "VLAN" else f"{word}{number}"


_READERS: tuple[tuple[re.Pattern[str], Callable[[str], Read]], ...] = (
    (re.compile(r" is executing the |\b(?:VLAN|MST)\d+ is [a-z]|Bridge group \d+ is [a-z]"), detail),
    (re.compile(r"^[ \t]*Name +Interface +Inconsistency", re.M), _inconsistent),
    (re.compile(r"Blocked Interfaces? List", re.I), _blocked),
    (re.compile(r"Switch is in \S+ mode"), _summary),
    (re.compile(r"Root ID +Cost"), _roots),
    (re.compile(r"Bridge ID +Time"), _bridges),
)
