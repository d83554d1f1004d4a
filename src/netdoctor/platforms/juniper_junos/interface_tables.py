"""Interfaces in tables: `terse` and `descriptions`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import Interface
from netdoctor.platforms.juniper_junos.interfaces import interfaces
from netdoctor.platforms.juniper_junos.naming import below, is_virtual, kind_of, prefix_of
from netdoctor.platforms.juniper_junos.ports import is_real_address
from netdoctor.platforms.juniper_junos.reading import Read, on_request, or_empty, query, tree
from netdoctor.platforms.text import Line, each, lines

_ROW = re.compile(
    r"\s*(?P<name>[a-z][\w/:-]*(?:\.\d+)?|[a-z]+[\w:/.-]+) +(?P<admin>up|down) +(?P<link>up|down)\b *"
    r"(?P<rest>.*)"
)
_FAMILY = re.compile(
    r"(?:(?P<family>inet6?|iso|mpls|multiservice|eth-switch|tnp|vpls|bridge|aenet|ccc)\b)?\s*(?P<rest>.*)"
)
_ADDRESS = re.compile(r"(?P<local>[\da-fA-F:.]+(?:/\d+)?)(?: +--> +(?P<remote>\S+))?")


@query(
    "show interfaces terse",
    area="interface",
    gives=(Interface,),
    also=("show interfaces terse[ {rest*}]", "show interfaces {interface} terse[ {rest*}]"),
    arguments=on_request,
)
def terse(output: str) -> Read:
    """State and addresses of every port and unit, a row for each address."""
    if tree(output) is not None:
        yield from interfaces(output)
        return
    yield from or_empty(
        _terse(output), known=re.search(r"^\s*Interface +Admin +Link", output, re.M) is not None
    )


def _terse(output: str) -> Iterator[Interface]:
    row: re.Match[str] | None = None
    addresses: list[str] = []
    family = ""
    families = False
    for line in lines(output):
        found = _ROW.match(line.text)
        if found:
            if row:
                yield _of_row(row, addresses, families)
            row, addresses, family, families = found, [], "", bool(found["rest"])
        elif row is None or line.text[:1] not in " \t":
            continue
        cells = _FAMILY.match(found["rest"] if found else line.text.strip())
        if cells is None:
            continue
        family = cells["family"] or family
        address = _ADDRESS.match(cells["rest"])
        if family in {"inet", "inet6"} and address and is_real_address(address["local"]):
            addresses.append(prefix_of(address["local"], None))
    if row:
        yield _of_row(row, addresses, families)


def _of_row(row: re.Match[str], addresses: list[str], families: bool) -> Interface:
    return Interface(
        interface=row["name"],
        admin_up=row["admin"] == "up",
        oper_up=row["link"] == "up",
        addresses=tuple(dict.fromkeys(addresses)) if families else None,
        kind=kind_of(row["name"]),
        virtual=is_virtual(row["name"]),
        lower_layer=below(row["name"]),
    )


@query(
    "show interfaces descriptions",
    area="interface",
    gives=(Interface,),
    also=("show interfaces descriptions[ {rest*}]", "show interfaces {interface} descriptions"),
    arguments=on_request,
)
def descriptions(output: str) -> Read:
    """State and description of every interface that has one."""
    if tree(output) is not None:
        yield from interfaces(output)
        return
    known = re.search(r"^\s*Interface +Admin +Link +Desc", output, re.M) is not None
    yield from or_empty(each(lines(output), _described), known)


def _described(line: Line) -> Read:
    if found := _ROW.match(line.text):
        yield Interface(
            interface=found["name"],
            admin_up=found["admin"] == "up",
            oper_up=found["link"] == "up",
            description=found["rest"].strip() or None,
            kind=kind_of(found["name"]),
            virtual=is_virtual(found["name"]),
            lower_layer=below(found["name"]),
        )
