"""Modules in their cages: `show chassis pic`, and the optics of `show chassis hardware`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from netdoctor.model.facts import Fact, Transceiver
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    tree,
)
from netdoctor.platforms.text import first
from netdoctor.platforms.values import number, text

_PREFIX = (
    (r"(?:40|50|100|200|400|800)G", "et"),
    (r"10G", "xe"),
    (r"(?:1000BASE|1G|SFP|GIGE)", "ge"),
    (r"100BASE|FE", "fe"),
)


def port_name(media: str | None, fpc: str, pic: str, port: str) -> str:
    """The name of the port a module sits in: Junos takes its letters from the module's speed."""
    return f"{_letters(media)}-{fpc}/{pic}/{port}"


@lru_cache(maxsize=256)
def _letters(media: str | None) -> str:
    word = (media or "").upper()
    return next((letters for pattern, letters in _PREFIX if re.search(pattern, word)), "et")


@query(
    "show chassis pic fpc-slot 0 pic-slot 0",
    area="optics",
    gives=(Transceiver,),
    also=("show chassis pic[ {rest*}]", "get-pic-detail[ {rest*}]"),
    arguments=on_request,
)
def pic(output: str) -> Read:
    """Who made the modules of one card, and their wavelength."""
    found = tree(output)
    if found is None:
        yield from or_empty(_text(output), known=re.search(r"^\s*Type +\S", output, re.M) is not None)
        return
    known = roots(found, "fpc-information")
    if not known:
        raise NotUnderstood("no 'fpc-information'")
    cards = [card for _, root in known for card in nodes(root, "fpc")]
    yield from or_empty(each(cards, _card), known=True)


def _card(card: Node) -> Iterator[Fact]:
    for detail in [*nodes(card, "pic-detail"), *nodes(card, "pic")]:
        fpc, slot = leaf(detail, "slot") or leaf(card, "slot") or "0", leaf(detail, "pic-slot") or "0"
        for port in nodes(detail, "port-information", "port"):
            number_ = leaf(port, "port-number")
            if number_ is None:
                continue
            media = text(leaf(port, "cable-type"))
            yield Transceiver(
                interface=port_name(media, fpc, slot, number_),
                present=True,
                media_type=media,
                vendor=text(leaf(port, "sfp-vendor-name")),
                part_number=text(leaf(port, "sfp-vendor-pno")),
                wavelength_nm=_nanometres(leaf(port, "wavelength")),
            )


def _nanometres(said: str | None) -> float | None:
    return number(said.split()[0]) if said and said.split() else None


_SLOTS = re.compile(r"FPC slot (\d+), PIC slot (\d+)")
_ROW = re.compile(
    r"^\s*(?P<port>\d+) +(?P<media>\S[^\n]*?) {2,}(?P<fiber>SM|MM|n/a|NA|-+)? *(?P<rest>[^\n]*)$",
    re.MULTILINE,
)


def _text(output: str) -> Iterator[Transceiver]:
    slots = _SLOTS.search(output)
    fpc, slot = slots.groups() if slots else ("0", "0")
    start = output.find("PIC port information")
    if start < 0:
        return
    for row in _ROW.finditer(output, start):
        cells = re.split(r" {2,}", row["rest"].strip())
        yield Transceiver(
            interface=port_name(row["media"], fpc, slot, row["port"]),
            present=True,
            media_type=text(row["media"]),
            vendor=text(cells[0]) if cells else None,
            part_number=text(cells[1]) if len(cells) > 1 else None,
            wavelength_nm=number(first(re.compile(r"(\d+(?:\.\d+)?) ?nm"), row["rest"])),
        )
