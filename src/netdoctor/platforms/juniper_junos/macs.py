"""MAC addresses: which is behind which port or tunnel, and who moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import MacEntry
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    seconds,
    tree,
)
from netdoctor.platforms.values import is_ip, mac_address

Kind = Literal["dynamic", "static", "self", "remote"]
_ELS = "l2ng-l2ald-rtb-macdb"


@query(
    "show ethernet-switching table",
    also=(
        "show ethernet-switching table {rest*}",
        "show bridge mac-table[ {rest*}]",
        "show vpls mac-table[ {rest*}]",
        "show mac-vrf forwarding mac-table[ {rest*}]",
        "get-ethernet-switching-table-information[ {rest*}]",
        "get-bridge-mac-table[ {rest*}]",
    ),
    area="l2",
    gives=(MacEntry,),
)
def table(output: str) -> Read:
    """Every entry. EX of old, QFX and newer EX, and MX give it in three shapes."""
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:MAC flags|Ethernet-?\s?switching table)", output, re.M) is not None
        yield from or_empty(_text(output), known)
        return
    known_roots = roots(found, _ELS, "l2ald-rtb-macdb", "ethernet-switching-table-information")
    if not known_roots:
        raise NotUnderstood(f"no {_ELS!r}")
    entries = [one for _, root in known_roots for one in _entries(root)]
    yield from or_empty(each(entries, lambda one: [_entry(one)]), known=True)


def _entries(root: Node) -> Iterator[Node]:
    """The entries of all shapes, under the names of the newest."""
    for group in nodes(root, "l2ng-l2ald-mac-entry-vlan"):
        if leaf(group, "l2ng-l2-mac-address"):
            yield group
        for one in nodes(group, "l2ng-mac-entry"):
            yield one
    for group in nodes(root, "l2ald-mac-entry"):
        vlan = leaf(group, "l2-bridge-vlan") or leaf(group, "l2-mac-bridging-domain") or ""
        for one in [group, *nodes(group, "l2-mac-entry")]:
            if leaf(one, "l2-mac-address"):
                yield {
                    "l2ng-l2-mac-address": leaf(one, "l2-mac-address"),
                    "l2ng-l2-vlan-id": leaf(one, "l2-bridge-vlan") or vlan,
                    "l2ng-l2-mac-flags": leaf(one, "l2-mac-flags") or "",
                    "l2ng-l2-mac-logical-interface": leaf(one, "l2-mac-logical-interface") or "",
                }
    for switch in nodes(root, "ethernet-switching-table"):
        for one in nodes(switch, "mac-table-entry"):
            # Of an address that is known nowhere, and of a VLAN's flood list, there is nothing to say.
            if (leaf(one, "mac-address") or "*") != "*":
                yield one


def _entry(found: Node) -> MacEntry:
    mac = mac_address(leaf(found, "l2ng-l2-mac-address") or leaf(found, "mac-address"))
    if mac is None:
        raise ValueError("an entry without a MAC address")
    source = leaf(found, "l2ng-l2-active-source")
    interface = leaf(found, "l2ng-l2-mac-logical-interface")
    if interface is None:
        listed = next(iter(nodes(found, "mac-interfaces-list")), {})
        interface = leaf(listed, "mac-interfaces") or leaf(found, "mac-interface")
    return MacEntry(
        mac=mac,
        vlan=leaf(found, "l2ng-l2-vlan-id")
        or leaf(found, "mac-vlan-tag")
        or leaf(found, "l2ng-l2-mac-vlan-name")
        or leaf(found, "mac-vlan"),
        interface=interface,
        remote_vtep=source if source and is_ip(source) else None,
        kind=_kind(found, interface),
        age_s=seconds(found, "mac-age"),
    )


def _kind(found: Node, interface: str | None) -> Kind | None:
    flags = (
        (leaf(found, "l2ng-l2-mac-flags") or leaf(found, "l2ng-l2-mac-entry-flags") or "")
        .replace(",", " ")
        .split()
    )
    return _of_flags(flags, (leaf(found, "mac-type") or "").lower(), interface)


def _of_flags(flags: list[str], word: str, interface: str | None) -> Kind | None:
    if {"DR", "R", "DRP", "rcvd_from_remote"} & set(flags) or (interface or "").startswith(("vtep.", "esi.")):
        return "remote"
    if "S" in flags or word == "static":
        return "self" if interface == "Router" else "static"
    if "L" in flags and "D" not in flags:
        return "self"
    if "D" in flags or word in {"learn", "dynamic"} or "in_hash" in flags:
        return "dynamic"
    return None


_MAC = r"(?P<mac>(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2})"
_ROW = re.compile(rf"^[ \t]*(?:(?P<vlan>[^\s:]+)[ \t]+)?{_MAC}[ \t]+(?P<rest>[^\n]*\S)[ \t]*$", re.MULTILINE)
_FLAGS = re.compile(r"(?:[A-Z]{1,3})(?:,[A-Z]{1,3})*|Learn|Static|Flood")
_NAME = re.compile(r"(?:[a-z][\w/:-]*\.[\w.]+|[a-z]{2,4}-\d+/\d+/\d+\S*|Router|esi\.\d+|vtep\.\d+)$")
_VLAN = re.compile(
    r"^[ \t]*(?:Bridging domain|VLAN)[ \w]*: *(?P<name>[\w.-]+), (?:VLAN|Vlan) *: *(?P<id>\d+|NA)",
    re.MULTILINE,
)


def _text(output: str) -> Iterator[MacEntry]:
    """Rows `VLAN MAC flags age interface [id] [source]`; on MX the VLAN stands over its rows."""
    domains = [
        (found.start(), found["id"] if found["id"].isdigit() else found["name"])
        for found in _VLAN.finditer(output)
    ]
    for row in _ROW.finditer(output):
        words = row["rest"].split()
        interface = next((word for word in words if _NAME.match(word)), None)
        flags = words[0].split(",") if _FLAGS.fullmatch(words[0]) else []
        source = next((word for word in words if is_ip(word)), None)
        above = [name for start, name in domains if start < row.start()]
        yield MacEntry(
            mac=row["mac"].lower(),
            vlan=row["vlan"] or (above[-1] if above else None),
            interface=interface,
            remote_vtep=source,
            kind=_of_flags(flags, words[0].lower(), interface),
        )
