"""The access points of services (SAPs): a port, or what of it bears certain VLAN tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Interface, VlanMember
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import EMPTY, Read, on_request, unless_none
from netdoctor.platforms.values import clean

_ROW: Final = re.compile(
    r"^ ?\[?(?P<port>(?:lag-|esat-|pw-|pxc-)?[\dA-D][\w/]{0,30}(?:\.[ab])?)(?P<tags>:[\d.*]{1,12})?\]?\*?"
    r"(?: *\n)? {1,40}(?P<service>\d{1,10}) [^\n]*? (?P<admin>Up|Down) {1,4}(?P<oper>Up|Down) *$",
    re.M,
)


@command(
    "show service sap-using",
    area="interface",
    gives=(Interface, VlanMember),
    arguments=on_request,
    aliases=("show service sap-using {what*}", "show service id {service} sap"),
)
def saps(output: str, what: str = "", service: str = "") -> Read:
    """Every SAP with tags as the interface that it is, and the (outer) VLAN of its port."""
    yield from unless_none(output, _saps(output))


def _saps(output: str) -> Iterator[Fact | Note]:
    """A SAP without tags bears the name of its port, and says nothing of the port's own state."""
    rows = list(_ROW.finditer(output))
    tagged = [row for row in rows if row["tags"]]
    for row in tagged:
        port, outer = row["port"], re.match(r":([1-9]\d{0,3})(?!\d)", row["tags"])
        yield Interface(
            interface=clean(port + row["tags"]),
            admin_up=row["admin"] == "Up",
            oper_up=row["oper"] == "Up",
            kind="vlan",
            lower_layer=port,
        )
        if outer:
            yield VlanMember(interface=port, vlan=int(outer[1]), tagged=True)
    if rows and not tagged:
        yield EMPTY
