"""MAC addresses, VLANs, spanning tree (PVST of the enterprise builds)."""

from __future__ import annotations

import re
from typing import Final, Literal

from netdoctor.model.facts import DhcpRelay, Interface, MacEntry, StpInstance, StpPort, VlanMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import clean, count, is_ip, mac_address


@command("show mac", area="l2", gives=(MacEntry,), aliases=("show mac {options*}", "fdbshow[ {options*}]"))
def addresses(output: str) -> Read:
    """Every address that the ASIC has learned or was given."""
    yield from read_table(output, _address)
    if re.search(r"No\. +Vlan|Total number of entries", output):
        yield EMPTY


def _address(row: Row) -> Read:
    mac = mac_address(cell(row, "macaddress"))
    if mac is None:
        raise ValueError("no address")
    kind = (cell(row, "type") or "").lower()
    port = cell(row, "port") or ""
    far = port.rpartition("DIP:")[2].strip() if "DIP:" in port else None
    yield MacEntry(
        mac=mac,
        vlan=cell(row, "vlan"),
        interface=None if far else port or None,
        remote_vtep=far,
        kind="remote" if far else kind if kind in {"dynamic", "static"} else None,  # type: ignore[arg-type]  # one of its words
    )


@command(
    "show vlan brief",
    area="l2",
    gives=(VlanMember, DhcpRelay),
    aliases=("show vlan brief {options*}", "show vlan config"),
)
def vlans(output: str) -> Read:
    """The ports of every VLAN, tagged or not, and the servers that its DHCP requests are relayed to."""
    yield from read_table(output, _vlan)
    if re.search(r"VLAN ID|^ *Name +VID", output, re.MULTILINE):
        yield EMPTY


def _vlan(row: Row) -> Read:
    number = count((cell(row, "vlan id", "vid") or "").removeprefix("Vlan"))
    if number is None:
        raise ValueError("no VLAN")
    ports = (cell(row, "ports", "member") or "").split()
    modes = (cell(row, "port tagging", "mode") or "").split()
    for place, port in enumerate(ports):
        mode = modes[place] if place < len(modes) else ""
        if is_port(port):
            tagged = {"tagged": True, "untagged": False}.get(mode)
            yield VlanMember(interface=port, vlan=number, tagged=tagged)
    servers = tuple(word for word in (cell(row, "dhcp helper address") or "").split() if is_ip(word))
    if servers:
        yield DhcpRelay(interface=f"Vlan{number}", servers=servers, enabled=True)


@command(
    "show interfaces switchport config",
    area="l2",
    gives=(VlanMember,),
    arguments=on_request,
    aliases=(
        "show interface[s] switchport config[ {options*}]",
        "show interface[s] switchport status[ {options*}]",
    ),
)
def switchports(output: str) -> Read:
    """The VLANs of every port; a routed one has none."""
    yield from read_table(output, _switchport)
    if re.search(r"^ *Interface +Mode", output, re.MULTILINE):
        yield EMPTY


def _switchport(row: Row) -> Read:
    port = cell(row, "interface")
    if port is None or not is_port(port):
        raise ValueError("not a port")
    for column, tagged in (("untagged", False), ("tagged", True)):
        for vlan in re.findall(r"\d+", cell(row, column) or ""):
            yield VlanMember(interface=port, vlan=int(vlan), tagged=tagged)


@command(
    "show dhcp_relay ipv4 helper",
    area="services",
    gives=(DhcpRelay,),
    arguments=on_request,
    aliases=(
        "show dhcp_relay ipv6 helper",
        "show dhcp_relay ipv6 destination",
        "show dhcprelay_helper ipv6",
        "show dhcp_relay helper-address",
    ),
)
def relays(output: str) -> Read:
    """The servers that each VLAN's requests are relayed to: a table, or a list under the VLAN's name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in clean(output).splitlines():
        for word in re.split(r"[\s|]+", line):
            if re.fullmatch(r"Vlan\d+:?", word):
                name = word.rstrip(":")
                found.setdefault(name, [])
            elif name and is_ip(word):
                found[name].append(word)
    for interface, servers in found.items():
        yield DhcpRelay(interface=interface, servers=tuple(servers), enabled=bool(servers))


_TREE: Final = re.compile(r"^ *VLAN (?P<vlan>\d+) - STP instance \d+.*$", re.MULTILINE)
_BRIDGE: Final = re.compile(
    r"^(?P<id>[0-9a-fA-F]{16}) +\d+ +\d+ +\d+ +\d+ +(?P<age>\d+) +(?P<changes>\d+) *$", re.MULTILINE
)
_ROOT: Final = re.compile(
    r"^(?P<id>[0-9a-fA-F]{16}) +(?P<cost>\d+) +[0-9a-fA-F]{16} +(?P<port>\S+) +\d+ +\d+ +\d+ *$",
    re.MULTILINE,
)
_PORT: Final = re.compile(
    r"^(?P<name>[A-Za-z][\w./-]*) +(?P<priority>\d+) +(?P<cost>\d+) +[YN] +[YN] +(?P<state>[A-Z-]+)"
    r"(?: +\d+ +[0-9a-fA-F]{16} +(?P<designated>[0-9a-fA-F]{16}))?(?: .*)?$",
    re.MULTILINE,
)
_STATES: Final[
    dict[str, Literal["forwarding", "learning", "listening", "discarding", "disabled", "broken"]]
] = {
    "FORWARDING": "forwarding",
    "LEARNING": "learning",
    "LISTENING": "listening",
    "BLOCKING": "discarding",
    "DISCARDING": "discarding",
    "DISABLED": "disabled",
    "ROOT-INC": "broken",
    "BPDU-DIS": "broken",
}
_INCONSISTENT: Final = {"ROOT-INC": "root", "BPDU-DIS": "bpdu_guard"}


@command(
    "show spanning-tree",
    area="l2",
    gives=(StpInstance, StpPort),
    aliases=("show spanning-tree vlan {options*}",),
)
def trees(output: str) -> Read:
    """A block a VLAN: this bridge, the root, the ports. Identifiers are priority and MAC address in hex."""
    yield from each(blocks(clean(output), _TREE), _tree)
    if "Spanning-tree" in output and not _TREE.search(output):
        yield EMPTY


def _identity(said: str) -> tuple[int, str | None]:
    """Priority and address. The lower twelve bits of the first half are the VLAN's number (802.1t)."""
    return int(said[:4], 16) & 0xF000, mac_address(said[4:])


def _tree(block: Block) -> Read:
    instance = f"VLAN{int(block.head['vlan']):04d}"
    bridge, root = _BRIDGE.search(block.text), _ROOT.search(block.text)
    own, above = (_identity(one["id"]) if one else (None, None) for one in (bridge, root))
    root_port = root["port"] if root and root["port"] != "Root" else None
    yield StpInstance(
        instance=instance,
        protocol="pvst",
        root_priority=above[0],
        root_mac=above[1],
        bridge_priority=own[0],
        bridge_mac=own[1],
        is_root=own[1] == above[1] if own[1] and above[1] else None,
        root_port=root_port,
        topology_changes_count=count(bridge["changes"]) if bridge else None,
        last_change_s=float(bridge["age"]) if bridge else None,
    )
    for found in _PORT.finditer(block.text):
        state = _STATES.get(found["state"])
        yield StpPort(
            instance=instance,
            interface=found["name"],
            role=_role(found, root_port, bridge["id"] if bridge else None),
            state=state,
            inconsistency=_INCONSISTENT.get(found["state"]),
            cost=count(found["cost"]),
        )


def _role(
    found: re.Match[str], root_port: str | None, bridge: str | None
) -> Literal["root", "designated", "alternate"] | None:
    """A port that is this bridge's own to serve is designated; another's, which blocks, is alternate."""
    if found["name"] == root_port:
        return "root"
    if not found["designated"] or bridge is None:
        return None
    if found["designated"].lower() == bridge.lower():
        return "designated"
    return "alternate" if found["state"] in {"BLOCKING", "DISCARDING"} else None


_GUARD: Final = re.compile(r"^ *(?P<name>[A-Za-z][\w./-]*) +Yes +(?P<shut>Yes|No) *$", re.MULTILINE)


@command("show spanning-tree bpdu_guard", area="l2", gives=(Interface,))
def guards(output: str) -> Read:
    """The ports that were shut because a BPDU came in; `show interfaces` calls them shut like any other."""
    for found in _GUARD.finditer(clean(output)):
        if found["shut"] == "Yes":
            yield Interface(interface=found["name"], oper_reason="err-disabled (BPDU guard)")
    if "BPDU guard" in output or "Spanning-tree" in output:
        yield EMPTY


_COUNTS: Final = re.compile(
    r"^(?P<name>[A-Za-z][\w./-]*) +(?P<sent>\d+) +(?P<received>\d+) +\d+ +\d+ *$",
    re.MULTILINE,
)


@command(
    "show spanning-tree statistics",
    area="l2",
    gives=(StpPort,),
    arguments=on_request,
    aliases=("show spanning-tree statistics vlan {vlan}",),
)
def bpdus(output: str) -> Read:
    """BPDUs sent and received, by port."""
    yield from each(blocks(clean(output), _TREE), _counts)


def _counts(block: Block) -> Read:
    for found in _COUNTS.finditer(block.text):
        yield StpPort(
            instance=f"VLAN{int(block.head['vlan']):04d}",
            interface=found["name"],
            bpdus_sent_count=count(found["sent"]),
            bpdus_received_count=count(found["received"]),
        )
