"""LLDP: who is heard on which port (IEEE 802.1AB)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import Interface, LldpNeighbor, RoutingProcess
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import kind_of
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    leaves,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    sections,
    told_in,
    tree,
)
from netdoctor.platforms.values import is_ip, mac_address, text

_NAME_LIKE = re.compile(r"[A-Za-z][\w./:-]*\d", re.ASCII)
_NOT_RUNNING = re.compile(r"lldp (?:subsystem )?(?:is )?not (?:running|enabled)", re.IGNORECASE)


@query(
    "show lldp neighbors",
    also=(
        "show lldp neighbors detail",
        "show lldp neighbors {interface}",
        "show lldp neighbors interface {interface}",
        "show lldp neighbors interface",
        "show lldp neighbors interface {interface} detail",
        "get-lldp-neighbors-information",
        "get-lldp-interface-neighbors[ {rest*}]",
    ),
    area="lldp",
    gives=(LldpNeighbor, Interface),
)
def neighbors(output: str) -> Read:
    """Every neighbour; one without a name is named by its chassis."""
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*Local Interface\b|^\s*LLDP Neighbor", output, re.M | re.I) is not None
        yield from or_empty(each(_in_text(output), _neighbor), known or bool(_NOT_RUNNING.search(output)))
        return
    if ports := roots(found, "lldp-local-info"):
        yield from each(
            (port for _, root in ports for port in nodes(root, "lldp-local-interface-info")), _local
        )
        return
    known_roots = roots(found, "lldp-neighbors-information")
    if not known_roots:
        raise NotUnderstood("no 'lldp-neighbors-information'")
    heard = [one for _, root in known_roots for one in nodes(root, "lldp-neighbor-information")]
    yield from or_empty(each(heard, _neighbor), known=True)


@query("show lldp neighbors detail", area="lldp", gives=(LldpNeighbor, Interface), targets_only=True)
def detail(output: str) -> Read:
    """Every neighbour with its management address and what it says it is."""
    yield from neighbors(output)


def _neighbor(found: Node) -> Read:
    interface = leaf(found, "lldp-local-interface") or leaf(found, "lldp-local-port-id")
    if not interface:
        raise ValueError("a neighbour without a local port")
    addresses = [
        address
        for place in [found, *nodes(found, "lldp-remote-management-address-info")]
        for address in leaves(place, "lldp-remote-management-address")
        if is_ip(address)
    ]
    yield LldpNeighbor(
        interface=interface,
        neighbor_device=text(leaf(found, "lldp-remote-system-name")) or leaf(found, "lldp-remote-chassis-id"),
        neighbor_interface=_port(found),
        neighbor_address=next(iter(addresses), None),
        neighbor_description=leaf(found, "lldp-system-description", "lldp-remote-system-description")
        or leaf(found, "lldp-remote-system-description"),
    )


def _port(found: Node) -> str | None:
    """The far port's name. Where its id is an index or a MAC address, its description may be the name."""
    name, description = leaf(found, "lldp-remote-port-id"), leaf(found, "lldp-remote-port-description")
    if name is None:
        return description
    if description and (name.isdigit() or mac_address(name)) and _NAME_LIKE.fullmatch(description):
        return description
    return name


def _local(port: Node) -> Read:
    name = leaf(port, "lldp-local-interface-name")
    if not name:
        raise ValueError("a port without a name")
    status = leaf(port, "lldp-local-interface-status")
    yield Interface(
        interface=name,
        oper_up=status.lower() == "up" if status else None,
        description=leaf(port, "lldp-local-interface-description"),
        kind=kind_of(name),
    )


_ENTRY = re.compile(r"^[ \t]*(?:Index *:? *\d+|Local Interface +:)", re.MULTILINE)
_DETAIL = {
    "lldp-local-interface": re.compile(r"^\s*Local Interface *: *(\S+)", re.M | re.I),
    "lldp-remote-chassis-id": re.compile(r"^\s*Chassis ID *: *([^\n]+)", re.M | re.I),
    "lldp-remote-port-id": re.compile(r"^\s*Port ID *: *([^\n]+)", re.M | re.I),
    "lldp-remote-port-description": re.compile(r"^\s*Port description *: *([^\n]+)", re.M | re.I),
    "lldp-remote-system-name": re.compile(r"^\s*System name *: *([^\n]+)", re.M | re.I),
    "lldp-remote-system-description": re.compile(r"^\s*System Description *: *([^\n]+)", re.M | re.I),
    "lldp-remote-management-address": re.compile(r"^\s*Address *: *(\S+)", re.M),
}
_ROW = re.compile(
    r"^[ \t]*(?P<local>(?:[a-z]{2,4}-\d+/\d+/\d+(?::\d+)?|[a-z]{2,5}\d+)(?:\.\d+)?) +(?:(?P<parent>-|"
    r"ae\d+(?:\.\d+)?|reth\d+(?:\.\d+)?) +)?"
    r"(?P<chassis>(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}|\S+) +(?P<port>\S+(?: \S+)*)(?: {2,}"
    r"(?P<name>\S[^\n]*))?[ \t]*$",
    re.MULTILINE,
)


def _in_text(output: str) -> Iterator[Node]:
    if re.search(r"^\s*(?:LLDP Neighbor Information|Local Interface +:)", output, re.M | re.I):
        whole = [output[head.start() : head.end()] + rest for head, rest in sections(output, _ENTRY)]
        for part in _joined(whole):
            yield told_in(part, _DETAIL)
        return
    header = re.search(r"^[^\n]*(?=System Name)", output, re.M | re.I)
    names_from = len(header[0]) if header else 0
    for row in _ROW.finditer(output):
        port, name = row["port"], row["name"]
        start = row.start("port") - row.start() + port.rfind(" ") + 1
        if name is None and " " in port and start >= names_from:
            # One blank alone between the last two columns: a name has none in it.
            port, _, name = port.rpartition(" ")
        yield {
            "lldp-local-interface": row["local"],
            "lldp-remote-chassis-id": row["chassis"],
            "lldp-remote-port-id": port,
            "lldp-remote-system-name": (name or "").strip(),
        }


def _joined(parts: list[str]) -> Iterator[str]:
    """An entry's index stands before its local port: what has no port goes with the next part."""
    held = ""
    for part in parts:
        held += part
        if re.search(r"Local Interface +:", held, re.I):
            yield held
            held = ""


@query("show lldp", also=("show lldp detail",), area="lldp", gives=(RoutingProcess,), arguments=on_request)
def process(output: str) -> Read:
    """Whether LLDP is on."""
    if not output.strip():
        return
    found = tree(output)
    known = roots(found, "lldp", "lldp-information") if found is not None else []
    said = leaf(known[0][1], "lldp-global-status") if known else None
    if said is None and (line := re.search(r"^\s*LLDP +: +(\w+)", output, re.M)):
        said = line[1]
    if said is None:
        raise NotUnderstood("no LLDP status")
    yield RoutingProcess(protocol="lldp", configured=said.lower().startswith("enable"))
