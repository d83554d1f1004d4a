"""What the chassis is made of: its serial number, and the optics in its ports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DeviceInfo, Fact, Transceiver
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.chassis_pic import port_name
from netdoctor.platforms.juniper_junos.reading import Node, Read, leaf, nodes, query, roots, tree
from netdoctor.platforms.values import text

_NUMBERED = re.compile(r"(FPC|MIC|PIC|Xcvr) (\d+)")
_LEVELS = ("chassis-module", "chassis-sub-module", "chassis-sub-sub-module", "chassis-sub-sub-sub-module")


@query(
    "show chassis hardware",
    also=("show chassis hardware {rest*}", "get-chassis-inventory[ {rest*}]"),
    area="device",
    gives=(DeviceInfo, Transceiver),
)
def hardware(output: str) -> Read:
    """The chassis, and every optical module with Juniper's part number."""
    if not output.strip():
        return
    found = tree(output)
    if found is None:
        yield from _text(output)
        return
    known = roots(found, "chassis-inventory")
    if not known:
        raise NotUnderstood("no 'chassis-inventory'")
    chassis = [one for _, root in known for one in nodes(root, "chassis")]
    if chassis:
        yield _chassis(leaf(chassis[0], "serial-number"), leaf(chassis[0], "description"))
    for one in chassis:
        yield from _modules(one, {}, 0)


def _chassis(serial: str | None, description: str | None) -> DeviceInfo:
    return DeviceInfo(vendor="Juniper", model=text(description), serial=text(serial))


def _modules(node: Node, place: dict[str, str], depth: int) -> Iterator[Fact]:
    for level in _LEVELS[depth : depth + 1]:
        for one in nodes(node, level):
            found = _NUMBERED.fullmatch(leaf(one, "name") or "")
            here = place | {found[1]: found[2]} if found else place
            if found and found[1] == "Xcvr":
                yield _transceiver(
                    here, leaf(one, "part-number"), leaf(one, "serial-number"), leaf(one, "description")
                )
            yield from _modules(one, here, depth + 1)


def _transceiver(
    place: dict[str, str], part: str | None, serial: str | None, media: str | None
) -> Transceiver:
    media = None if media in {"UNKNOWN", "UNSUPPORTED"} else media
    name = port_name(media, place.get("FPC", "0"), place.get("PIC", "0"), place["Xcvr"])
    return Transceiver(
        interface=name, present=True, media_type=text(media), part_number=text(part), serial=text(serial)
    )


_HEADER = re.compile(
    r"^(?P<indent>[ \t]*)Item +Version +Part number +Serial number +Description", re.MULTILINE
)


def _text(output: str) -> Iterator[Fact]:
    """Columns stand where the header's words do; what is too long pushes the rest to the right."""
    header = _HEADER.search(output)
    if header is None:
        raise NotUnderstood("no hardware inventory")
    line = header[0]
    starts = [line.index(name) for name in ("Version", "Part number", "Serial number", "Description")]
    place: dict[str, str] = {}
    for row in output[header.end() :].splitlines():
        name = row[: starts[0]].strip()
        if name == "Chassis":
            cells = [one for one in re.split(r" {2,}", row.strip()) if one]
            serial = cells[1] if len(cells) > 2 else None
            yield _chassis(serial, cells[-1] if len(cells) > 1 else None)
        elif found := _NUMBERED.match(name):
            place = {kind: slot for kind, slot in place.items() if kind not in _BELOW[found[1]]} | {
                found[1]: found[2]
            }
            if found[1] == "Xcvr":
                cells = row[starts[0] :].split()
                cells = (
                    cells[2:]
                    if cells[:1] == ["REV"]
                    else cells[1:]
                    if cells and re.match(r"\W", cells[0])
                    else cells
                )
                part, serial, *media = [*cells, "", ""]
                yield _transceiver(place, part, serial, " ".join(media).strip() or None)


_BELOW = {"FPC": ("MIC", "PIC", "Xcvr"), "MIC": ("PIC", "Xcvr"), "PIC": ("Xcvr",), "Xcvr": ()}
