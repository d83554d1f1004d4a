"""ARP and ND: which address is at which MAC address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import Neighbor
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    tree,
)
from netdoctor.platforms.values import mac_address

State = Literal["reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent"]
_STATES: dict[str, State] = {
    "reachable": "reachable",
    "stale": "stale",
    "delay": "delay",
    "probe": "probe",
    "incomplete": "incomplete",
    "unreachable": "failed",
    "nostate": "incomplete",
    "permanent": "permanent",
}


@query(
    "show arp no-resolve",
    also=("show arp[ {rest*}]", "get-arp-table-information[ {rest*}]"),
    area="l2",
    gives=(Neighbor,),
)
def arp(output: str) -> Read:
    """Every ARP entry; Junos tells when one expires, and not how old it is."""
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:MAC Address|Total entries:)", output, re.M) is not None
        yield from or_empty(each(_arp_in(output), _entry), known)
        return
    known_roots = roots(found, "arp-table-information")
    if not known_roots:
        raise NotUnderstood("no 'arp-table-information'")
    entries = [one for _, root in known_roots for one in nodes(root, "arp-table-entry")]
    yield from or_empty(each(entries, _entry), known=True)


def _entry(found: Node) -> Iterator[Neighbor]:
    address = leaf(found, "ip-address") or leaf(found, "ipv6-address")
    if not address:
        raise ValueError("an entry without an address")
    flags = (leaf(found, "arp-table-entry-flags") or "") + " ".join(
        next(iter(nodes(found, "arp-table-entry-flags")), {})
    )
    said = leaf(found, "ipv6-nd-state") or leaf(found, "mac-address") or ""
    state = _STATES.get(said.lower())  # ARP writes `incomplete` in the place of an address
    yield Neighbor(
        vrf=vrf_of(leaf(found, "routing-instance")),
        address=address,
        mac=mac_address(leaf(found, "mac-address") or leaf(found, "ipv6-nd-neighbor-l2-address")),
        # `irb.10 [ae0.0]`: the port behind a routed VLAN stands in brackets.
        interface=(leaf(found, "interface-name") or leaf(found, "ipv6-nd-interface-name") or "").split(" ")[0]
        or None,
        state="permanent" if "permanent" in flags.lower() else state,
    )


_ROW = re.compile(
    r"^[ \t]*(?P<mac>(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}|incomplete) +(?P<address>\d+\.\d+\.\d+\.\d+)"
    r"(?P<rest>(?: +[^\s\[\]]+)+?)(?: +\[[^\]]*\])?(?: +(?P<flags>(?:none|permanent|remote|published|"
    r"none,\S*|permanent \S+)))?(?: +\d+)?[ \t]*$",
    re.MULTILINE,
)
_UNIT = re.compile(r"[a-z][\w/:-]*\.\d+$|[a-z]{2,5}-\d+/\d+/\d+(?::\d+)?$")


def _arp_in(output: str) -> Iterator[Node]:
    """The name stands between address and interface where names are resolved."""
    for row in _ROW.finditer(output):
        words = row["rest"].split()
        unit = next((word for word in reversed(words) if _UNIT.match(word)), words[-1])
        yield {
            "mac-address": row["mac"],
            "ip-address": row["address"],
            "interface-name": unit,
            "arp-table-entry-flags": row["flags"] or "",
        }


@query(
    "show ipv6 neighbors",
    also=("show ipv6 neighbors {rest*}", "get-ipv6-nd-information[ {rest*}]"),
    area="l2",
    gives=(Neighbor,),
)
def nd(output: str) -> Read:
    """Every ND entry."""
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:IPv6 Address|Total entries:)", output, re.M) is not None
        yield from or_empty(each(_nd_in(output), _nd), known)
        return
    known_roots = roots(found, "ipv6-nd-information")
    if not known_roots:
        raise NotUnderstood("no 'ipv6-nd-information'")
    entries = [one for _, root in known_roots for one in nodes(root, "ipv6-nd-entry")]
    yield from or_empty(each(entries, _nd), known=True)


def _nd(found: Node) -> Iterator[Neighbor]:
    address = leaf(found, "ipv6-nd-neighbor-address")
    if not address:
        raise ValueError("an entry without an address")
    word = leaf(found, "ipv6-nd-state") or ""
    yield Neighbor(
        vrf=vrf_of(leaf(found, "routing-instance")),
        address=address,
        mac=mac_address(leaf(found, "ipv6-nd-neighbor-l2-address")),
        interface=(leaf(found, "ipv6-nd-interface-name") or "").split(" ")[0] or None,
        state=_STATES.get(word.lower()),
    )


_ND_ROW = re.compile(
    r"^[ \t]*(?P<address>[\da-fA-F]*:[\da-fA-F:.]+(?:%\S+)?)\s+(?P<mac>(?:[\da-fA-F]{2}:)"
    r"{5}[\da-fA-F]{2}|none|incomplete|N/A) +(?P<state>[a-z]+) +(?P<expires>\d+)?(?P<rest>[^\n]*)$",
    re.MULTILINE,
)


def _nd_in(output: str) -> Iterator[Node]:
    for row in _ND_ROW.finditer(output):
        words = [word for word in row["rest"].split() if not word.startswith("[")]
        yield {
            "ipv6-nd-neighbor-address": row["address"],
            "ipv6-nd-neighbor-l2-address": row["mac"],
            "ipv6-nd-state": row["state"],
            "ipv6-nd-interface-name": words[-1] if words else "",
        }
