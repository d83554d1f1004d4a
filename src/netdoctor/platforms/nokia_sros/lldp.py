"""LLDP: who is heard on which port (IEEE 802.1AB)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, LldpNeighbor
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, each, on_request, said, unless_none
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean

_ROW = re.compile(
    r"^ ?(?P<port>[\w-]+[/.][\w./]+)(?:[ ]*\n)? +(?P<scope>NB|NTPMR|NC) +(?P<chassis>\S(?:\S| (?! ))"
    r"{0,80}?) +"
    r"(?P<index>\d+) +(?P<far>\S.*?)(?: {2,}| (?=\S+$))(?P<name>\S.*?)? *$",
    re.M,
)


def untold(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """Once, where the state tree told of no neighbour: the table cuts long names off."""
    return () if any(isinstance(fact, LldpNeighbor) for fact in facts) else ({},)


@command("show system lldp neighbor", area="lldp", gives=(LldpNeighbor,), arguments=untold)
def neighbors(output: str) -> Read:
    """Every neighbour that the nearest-bridge address hears; what `*` cuts off is told by the tree only."""
    yield from unless_none(output, _rows(output))


def _rows(output: str) -> Iterator[Fact | Note]:
    for found in _ROW.finditer(output):
        far, name = clean(found["far"]).strip(), clean(found["name"] or "").strip()
        yield LldpNeighbor(
            interface=found["port"],
            neighbor_device=name.rstrip("*") or clean(found["chassis"]),
            neighbor_interface=port_name(far),
        )


def port_name(said_of: str | None) -> str | None:
    """The port in `1/1/c5/1, 100-Gig Ethernet`: the description begins with the port's name."""
    found = (said_of or "").strip().strip('"').rstrip("*").strip()
    return found.partition(", ")[0].rstrip(",") or None


_PORT = re.compile(r"^Port (?P<port>\S+) Bridge .*$", re.M)
_PEER = re.compile(r"^Remote Peer Index \d+ at timestamp.*$", re.M)
_FIELD = re.compile(r"^(?P<name>[A-Z][\w ]+?) *: (?P<value>.*(?:\n {20,}\S.*)*)", re.M)
_ADDRESS = re.compile(r"management addresses?.*\n(?:.*\n)?.*?(\d+\.\d+\.\d+\.\d+)\b", re.I)


@command(
    "show port {port} ethernet lldp remote-info detail",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show port {port} ethernet lldp[ {which*}]", "show port ethernet lldp[ {which*}]"),
)
def details(output: str, port: str = "", which: str = "") -> Read:
    """Every neighbour of a port in full."""
    heads = list(_PORT.finditer(output))
    if not heads:
        yield from each(blocks(output, _PEER), lambda block: _peer(port, block))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        part = output[head.start() : following.start() if following else len(output)]
        name = head["port"]
        yield from each(blocks(part, _PEER), partial(_peer, name))


def _peer(port: str, block: Block) -> Read:
    found: dict[str, str] = {}
    for field in _FIELD.finditer(block.text):
        found.setdefault(field["name"].strip().lower(), clean(field["value"]))
    described, quoted = found.get("port description"), re.search(r'"([^"\n]+)"', found.get("port id", ""))
    by_index = not quoted or quoted[1].isdigit()
    device = said(found.get("system name", "").strip()) or said(found.get("chassis id", "").strip())
    if not port or device is None:
        raise ValueError("no port or no neighbour")
    address = _ADDRESS.search(block.text)
    yield LldpNeighbor(
        interface=port,
        neighbor_device=device.strip('"'),
        neighbor_interface=port_name(
            described if by_index and said(described) else quoted[1] if quoted else None
        ),
        neighbor_address=address[1] if address else None,
        neighbor_description=" ".join(found.get("system description", "").split()) or None,
    )
