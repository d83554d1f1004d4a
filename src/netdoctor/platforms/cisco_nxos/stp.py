"""Spanning tree (IEEE 802.1D, 802.1s). NX-OS tells of it in text, wrapped at 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, StpInstance, StpPort
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import Read, named, on_request, port, says_none
from netdoctor.platforms.text import Block, Line, blocks, each, first, lines
from netdoctor.platforms.values import count, duration_s, mac_address

_ROLES = {
    "root": "root",
    "designated": "designated",
    "desg": "designated",
    "alternate": "alternate",
    "altn": "alternate",
    "backup": "backup",
    "back": "backup",
    "master": "master",
    "mstr": "master",
    "disabled": "disabled",
}
_STATES = {
    "forwarding": "forwarding",
    "fwd": "forwarding",
    "learning": "learning",
    "lrn": "learning",
    "listening": "listening",
    "lis": "listening",
    "blocking": "discarding",
    "blk": "discarding",
    "discarding": "discarding",
    "broken": "broken",
    "bkn*": "broken",
    "bkn": "broken",
    "disabled": "disabled",
    "dis": "disabled",
}
_PROTOCOLS = {"ieee": "stp", "rstp": "rstp", "mstp": "mstp", "pvst": "pvst"}
_INSTANCE = re.compile(
    r"^ *(?P<name>VLAN\d{4}|MST\d{1,4}|\S+) is executing the (?P<protocol>[\w-]+) compatible", re.M
)
_PORT = re.compile(
    r"^ *Port (?P<number>\d+) \((?P<port>[^,)\n]+)(?P<link>[^)\n]*)\) of (?P<name>\S+) is (?P<rest>[^\n]*)",
    re.M,
)
_WORDS = re.compile(r"(?P<one>[a-z]+)(?: +(?P<two>[a-z]+))?")
_FIELDS = {
    "priority": re.compile(r"Bridge Identifier has priority (\d+)"),
    "sysid": re.compile(r"sysid (\d+)"),
    "bridge": re.compile(r"Bridge Identifier has[^\n]*address ([0-9a-f.]+)"),
    "root_priority": re.compile(r"Current root has priority (\d+)"),
    "root": re.compile(r"Current root has[^\n]*address ([0-9a-f.]+)"),
    "root_port": re.compile(r"Root port is \d+ \(([^,)\n]+)"),
    "changes": re.compile(r"Number of topology changes (\d+)"),
    "last": re.compile(r"last change occurred (\S+) ago"),
    "from": re.compile(r"^ *from (\S+)", re.M),
}


@command(
    "show spanning-tree detail",
    area="l2",
    gives=(StpInstance, StpPort),
    targets_only=True,
    timeout_s=30.0,
    aliases=("show spanning-tree[ vlan {vlan}][ interface {interface*}] detail[ active]",),
)
def detail(output: str, vlan: str = "", interface: str = "") -> Read:
    """Every instance and its ports."""
    instances = list(blocks(output, _INSTANCE))
    if not instances and says_none(output):
        yield EMPTY
    yield from each(instances, _instance)
    if not instances:
        yield from each(blocks(output, _PORT), _port)


def _instance(block: Block) -> Iterator[Fact | Note]:
    ports = list(blocks(block.text, _PORT))
    about = block.text[: ports[0].head.start()] if ports else block.text
    told = {name: first(pattern, about) for name, pattern in _FIELDS.items()}
    is_root = "We are the root" in about
    bridge, priority = mac_address(told["bridge"]), _sum(told["priority"], told["sysid"])
    protocol: Any = _PROTOCOLS.get(block.head["protocol"].lower())
    yield StpInstance(
        instance=block.head["name"],
        protocol=protocol,
        root_mac=bridge if is_root else mac_address(told["root"]),
        root_priority=priority if is_root else count(told["root_priority"]),
        bridge_mac=bridge,
        bridge_priority=priority,
        is_root=is_root,
        root_port=port(told["root_port"]),
        topology_changes_count=count(told["changes"]),
        last_change_s=duration_s(told["last"]),
        last_change_interface=port(told["from"]),
    )
    yield from each([Block(block.line, one.head, one.text) for one in ports], _port)


def _sum(priority: str | None, sysid: str | None) -> int | None:
    """The bridge's whole priority: what is configured, and the instance's number (802.1t)."""
    return int(priority[:9]) + int((sysid or "0")[:9]) if priority else None


_COST = re.compile(r"Port path cost (\d+)")
_BPDU = re.compile(r"B[Pp][Dd][Uu]s?:? *(?:\(MRecords\) )?sent *:? *(\d+), received *:? *(\d+)")
_WRAPPED = re.compile(r"\n(?! *Port path cost)[^\n:]{1,60}\)")


def _port(block: Block) -> Iterator[StpPort]:
    head = block.head
    words = _WORDS.match(head["rest"].strip())
    one, two = (words["one"], words["two"] or "") if words else ("", "")
    role: Any = _ROLES.get(one)
    state: Any = _STATES.get(two) or _STATES.get(one)
    cost, sent = _COST.search(block.text), _BPDU.search(block.text)
    yield StpPort(
        instance=head["name"],
        interface=named(head["port"]),
        role=role,
        state=state,
        inconsistency=_inconsistency(block.text) if state == "broken" else None,
        cost=count(cost[1]) if cost else None,
        bpdus_sent_count=count(sent[1]) if sent else None,
        bpdus_received_count=count(sent[2]) if sent else None,
    )


def _inconsistency(text: str) -> str | None:
    """The guards' words in `broken  (Bridge Assuran` / `ce Inconsistent, VPC Peer-link Inconsistent)`."""
    found = re.search(r"broken +\(([^)]{1,200})\)", text.replace("\n", ""), re.I)
    if not found:
        return None
    words = [re.sub(r" *inconsistent$", "", word.strip(), flags=re.I) for word in found[1].split(",")]
    return ", ".join(word.lower() for word in words if word) or None


_MST = re.compile(r"^ *##### +(?P<name>MST\d+)", re.M)
_MST_PORT = re.compile(r"^ *(?P<port>[A-Za-z][\w/-]*\d) of (?P<name>MST\d+) is (?P<rest>[^\n]*)", re.M)
_MST_FIELDS = {
    "bridge": re.compile(r"^ *Bridge +address (\S+)", re.M),
    "priority": re.compile(r"^ *Bridge +address \S+ +priority +(\d+)", re.M),
    "root": re.compile(r"^ *Root +address (\S+)", re.M),
    "root_priority": re.compile(r"^ *Root +address \S+ +priority +(\d+)", re.M),
    "root_port": re.compile(r"^ *port +(\S+) +path cost", re.M),
}
_MST_COST = re.compile(r"Port info +port id +\S+ +priority +\d+ +cost +(\d+)")


@command(
    "show spanning-tree mst detail",
    area="l2",
    gives=(StpInstance, StpPort),
    arguments=on_request,
    aliases=("show spanning-tree mst[ {instance}][ detail]",),
)
def mst(output: str, instance: str = "") -> Read:
    """Multiple spanning trees, instance by instance."""
    yield from each(blocks(output, _MST), _mst)


def _mst(block: Block) -> Iterator[Fact | Note]:
    ports = list(blocks(block.text, _MST_PORT))
    about = block.text[: ports[0].head.start()] if ports else block.text
    told = {name: first(pattern, about) for name, pattern in _MST_FIELDS.items()}
    is_root = bool(re.search(r"^ *Root +this switch", about, re.M))
    bridge, priority = mac_address(told["bridge"]), count(told["priority"])
    yield StpInstance(
        instance=_padded(block.head["name"]),
        protocol="mstp",
        root_mac=bridge if is_root else mac_address(told["root"]),
        root_priority=priority if is_root else count(told["root_priority"]),
        bridge_mac=bridge,
        bridge_priority=priority,
        is_root=is_root,
        root_port=port(told["root_port"]),
    )
    for one in ports:
        cost = _MST_COST.search(one.text)
        for fact in _port(one):
            yield StpPort(
                instance=_padded(fact.instance),
                interface=fact.interface,
                role=fact.role,
                state=fact.state,
                inconsistency=fact.inconsistency,
                cost=count(cost[1]) if cost else None,
                bpdus_sent_count=fact.bpdus_sent_count,
                bpdus_received_count=fact.bpdus_received_count,
            )
    yield from _short_rows(block.text, _padded(block.head["name"]))


def _padded(name: str) -> str:
    """`MST0` as `MST0000`, which is how the other commands name it."""
    return f"MST{int(name[3:]):04}"


_PLAIN = re.compile(r"^ *(?P<name>VLAN\d{4}|MST\d{1,4}) *$", re.M)
_ROW = re.compile(
    r"^ *(?P<port>(?:Eth|Po|Ethernet|port-channel|Vlan|veth)\S*\d) +"
    r"(?P<role>Root|Desg|Altn|Back|Mstr|Dis\w*) +(?P<state>[A-Z]{3}\*?) *(?P<cost>\d+) +"
    r"(?P<id>[\d.]+) +(?P<type>\S.*?) *$",
    re.M,
)
_PLAIN_FIELDS = {
    "protocol": re.compile(r"Spanning tree enabled protocol (\w+)"),
    "root_priority": re.compile(r"Root ID +Priority +(\d+)"),
    "root": re.compile(r"Root ID[^\n]*\n *Address +(\S+)"),
    "root_port": re.compile(r"^ *Port +\d+ \(([^)\n]+)\)", re.M),
    "priority": re.compile(r"Bridge ID +Priority +(\d+)"),
    "bridge": re.compile(r"Bridge ID[^\n]*\n *Address +(\S+)"),
}


def _short_rows(text: str, name: str) -> Iterator[StpPort]:
    for row in _ROW.finditer(text):
        role: Any = _ROLES.get(row["role"].lower())
        state: Any = _STATES.get(row["state"].lower())
        wrong = re.search(r"\*(\w+?)_?Inc", row["type"])
        yield StpPort(
            instance=name,
            interface=named(row["port"]),
            role=role,
            state=state,
            inconsistency=wrong[1].lower() if wrong else None,
            cost=count(row["cost"]),
        )


@command(
    "show spanning-tree",
    area="l2",
    gives=(StpInstance, StpPort),
    arguments=on_request,
    aliases=("show spanning-tree[ vlan {vlan}][ active]", "show spanning-tree interface {interface*}"),
)
def plain(output: str, vlan: str = "", interface: str = "") -> Read:
    """Every instance with its ports in a table."""
    for block in blocks(output, _PLAIN):
        told = {name: first(pattern, block.text) for name, pattern in _PLAIN_FIELDS.items()}
        protocol: Any = _PROTOCOLS.get((told["protocol"] or "").lower())
        yield StpInstance(
            instance=block.head["name"],
            protocol=protocol,
            root_mac=mac_address(told["root"]),
            root_priority=count(told["root_priority"]),
            bridge_mac=mac_address(told["bridge"]),
            bridge_priority=count(told["priority"]),
            is_root="This bridge is the root" in block.text,
            root_port=port(told["root_port"]),
        )
        yield from _short_rows(block.text, block.head["name"])


_ROOT = re.compile(
    r"^ *(?P<name>(?:VLAN|MST)\d+) +(?P<priority>\d+) +(?P<root>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}) +"
    r"(?P<cost>\d+) +\d+ +\d+ +\d+ +(?P<port>\S.*?) *$"
)


@command("show spanning-tree root", area="l2", gives=(StpInstance,), arguments=on_request)
def root(output: str) -> Read:
    """Who is root of each instance, and through which port."""
    for line in lines(output):
        if found := _ROOT.match(line.text):
            ours = found["port"].lower().startswith("this bridge")
            yield StpInstance(
                instance=found["name"],
                root_mac=mac_address(found["root"]),
                root_priority=count(found["priority"]),
                is_root=ours,
                root_port=None if ours else port(found["port"]),
            )


_SUMMARY = re.compile(r"^ *(?P<name>(?:VLAN|MST)\d{4}) +(?:\d+ +){4}\d+ *$")
_ROOT_FOR = re.compile(r"Root bridge for: *([^\n]*(?:\n {2,}[^\n]*)*)")
_MODE = re.compile(r"Switch is in ([\w-]+) mode")
_MODES = {"mst": "mstp", "rapid-pvst": "rstp", "pvst": "pvst"}


@command("show spanning-tree summary", area="l2", gives=(StpInstance,), arguments=on_request)
def summary(output: str) -> Read:
    """The instances, and of which of them this bridge is root."""
    mode = _MODE.search(output)
    if not mode:
        if output.strip():
            raise NotUnderstood("no 'Switch is in … mode'")
        return
    protocol: Any = _MODES.get(mode[1].lower())
    roots = set(_spread(first(_ROOT_FOR, output) or ""))
    nothing = True
    for line in lines(output):
        if found := _SUMMARY.match(line.text):
            nothing = False
            yield StpInstance(instance=found["name"], protocol=protocol, is_root=found["name"] in roots)
    if nothing:
        yield EMPTY


def _spread(text: str) -> Iterator[str]:
    """The instances in `VLAN0001-VLAN0003, VLAN0010`."""
    for word in re.findall(r"(?:VLAN|MST)\d{4}(?:-(?:VLAN|MST)?\d{4})?", text):
        start, _, end = word.partition("-")
        kind = start.rstrip("0123456789")
        last = re.sub(r"\D", "", end) or start[len(kind) :]
        yield from (f"{kind}{number:04}" for number in range(int(start[len(kind) :]), int(last) + 1))


_NON_EDGE = re.compile(
    r"^ *(?P<port>[A-Za-z][\w/-]*\d) +(?P<vlan>\d+) +(?P<role>Root|Desg|Altn|Back|Mstr) +"
    r"(?P<state>[A-Z]{3}) +(?P<tree>\w+) +(?P<instance>\d+) *$"
)


@command("show spanning-tree issu-impact", area="l2", gives=(StpPort,), arguments=on_request)
def issu_impact(output: str) -> Read:
    """The ports that would mind an upgrade in service."""
    nothing = True

    def read(line: Line) -> Read:
        nonlocal nothing
        if found := _NON_EDGE.match(line.text):
            nothing = False
            role: Any = _ROLES.get(found["role"].lower())
            state: Any = _STATES.get(found["state"].lower())
            name = (
                f"MST{int(found['instance']):04}"
                if found["tree"].upper() == "MST"
                else f"VLAN{int(found['vlan']):04}"
            )
            yield StpPort(instance=name, interface=named(found["port"]), role=role, state=state)

    yield from each(lines(output), read)
    if nothing and "Criteria" in output:
        yield EMPTY


_INCONSISTENT = re.compile(r"^ *(?P<name>(?:VLAN|MST)\d+) +(?P<port>\S+) +(?P<why>\S.*?) *$")


@command(
    "show spanning-tree inconsistentports",
    area="l2",
    gives=(StpPort,),
    arguments=on_request,
)
def inconsistent(output: str) -> Read:
    """Ports that a guard holds."""
    nothing = True
    for line in lines(output):
        if found := _INCONSISTENT.match(line.text):
            nothing = False
            why = re.sub(r" *inconsistent$", "", found["why"], flags=re.I).lower()
            yield StpPort(
                instance=found["name"], interface=named(found["port"]), state="broken", inconsistency=why
            )
    if nothing and re.search(r"inconsistent ports", output, re.I):
        yield EMPTY
