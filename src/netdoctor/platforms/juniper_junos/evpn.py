"""EVPN and VXLAN: instances, segments, tunnel endpoints, network identifiers (RFC 7432, RFC 7348)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import BgpRoute, EthernetSegment, EvpnInstance, Fact, Vni, Vtep
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.evpn_text import contexts_in, instances_in, tunnels_in
from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    inner,
    leaf,
    leaves,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    tree,
    whole,
)
from netdoctor.platforms.values import count, is_ip, total

_NO_SEGMENT = re.compile(r"[0:]+")
_MODES: dict[str, Literal["all_active", "single_active"]] = {
    "all-active": "all_active",
    "single-active": "single_active",
}


@query(
    "show evpn instance extensive",
    also=("show evpn instance[ {rest*}]", "get-evpn-instance-information[ {rest*}]"),
    area="overlay",
    gives=(EvpnInstance, EthernetSegment, Vni),
)
def instances(output: str) -> Read:
    """Every instance, its bridge domains, and the Ethernet segments in it."""
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:Instance:|Intfs +IRB|EVPN instance)", output, re.M) is not None
        yield from or_empty(each(instances_in(output), _instance), known)
        return
    known_roots = roots(found, "evpn-instance-information")
    if not known_roots:
        if roots(found, "evpn-l3-context-information"):
            yield from contexts(output)
            return
        raise NotUnderstood("no 'evpn-instance-information'")
    yield from or_empty(
        each((one for _, root in known_roots for one in nodes(root, "evpn-instance")), _instance), known=True
    )


def _instance(found: Node) -> Iterator[Fact]:
    name = leaf(found, "evpn-instance-name")
    if not name:
        raise ValueError("an instance without a name")
    if name.startswith("__"):
        return
    database = inner(found, "mac-database-status-table")
    domains = nodes(found, "bridge-domain-status-table", "bridge-domain")
    numbers = {vni for one in domains if (vni := whole(one, "domain-id"))}
    yield EvpnInstance(
        name=name,
        vni=next(iter(numbers)) if len(numbers) == 1 else None,
        vlan=whole(domains[0], "vlan-id") if len(domains) == 1 else None,
        route_distinguisher=leaf(found, "route-distinguisher"),
        import_targets=tuple(leaves(found, "vrf-import-target")) or None,
        export_targets=tuple(leaves(found, "vrf-export-target")) or None,
        remote_vteps_count=whole(found, "evpn-num-neighbors"),
        macs_count=total(leaf(database, "local-macs"), leaf(database, "remote-macs")),
    )
    for one in domains:
        yield from _domain(one)
    modes = {
        leaf(one, "evpn-interface-esi"): one
        for one in nodes(found, "evpn-interface-status-table", "evpn-interface")
    }
    for segment in nodes(found, "evpn-esi"):
        yield from _segment(segment, modes, leaf(found, "evpn-router-id"))


def _domain(found: Node) -> Iterator[Vni]:
    vni, interfaces = whole(found, "domain-id"), whole(found, "interfaces-up")
    if vni:
        yield Vni(
            vni=vni,
            kind="l2",
            vlan=count(leaf(found, "vlan-id")) or None,
            state=None if interfaces is None else "up" if interfaces > 0 else "down",
            source="evpn",
        )


def _segment(found: Node, modes: dict[str | None, Node], router_id: str | None) -> Iterator[EthernetSegment]:
    """A segment that is known from other devices alone has no interface here."""
    esi = leaf(found, "evpn-esi-value")
    if not esi or _NO_SEGMENT.fullmatch(esi):
        return
    local = inner(found, "evpn-esi-local-intf-information")
    status = leaf(local, "evpn-esi-local-intf-status") or ""
    forwarder = leaf(found, "evpn-esi-df-information", "esi-designated-forwarder")
    peers = [
        said
        for place in nodes(found, "evpn-esi-remote-pe-information")
        for one in [place, *nodes(place, "evpn-esi-remote-pe")]
        for name in ("esi-remote-pe-address", "evpn-esi-remote-pe-address", "remote-pe-address")
        for said in leaves(one, name)
        if is_ip(said)
    ]
    yield EthernetSegment(
        esi=esi,
        interface=leaf(local, "evpn-esi-local-intf-name") or leaf(modes.get(esi, {}), "evpn-interface-name"),
        state="up" if status.lower().startswith("up") else "down" if status else None,
        redundancy_mode=_MODES.get((leaf(modes.get(esi, {}), "evpn-interface-mode") or "").lower()),
        designated_forwarder=forwarder == router_id if forwarder and router_id else None,
        peers=tuple(dict.fromkeys(peers)) or None,
    )


@query(
    "show evpn l3-context extensive",
    also=("show evpn l3-context[ {rest*}]", "get-evpn-l3-context-information[ {rest*}]"),
    area="overlay",
    gives=(Vni,),
)
def contexts(output: str) -> Read:
    """The network identifier of each VRF that EVPN routes."""
    found = tree(output)
    if found is None:
        entries = list(contexts_in(output))
        known = "L3 context" in output or "Encap" in output
    else:
        known_roots = roots(found, "evpn-l3-context-information")
        if not known_roots:
            raise NotUnderstood("no 'evpn-l3-context-information'")
        entries, known = [one for _, root in known_roots for one in nodes(root, "evpn-l3-context")], True
    yield from or_empty(each(entries, _context), known)


def _context(found: Node) -> Iterator[Fact]:
    vni = whole(found, "context-vni")
    if vni and (leaf(found, "context-encapsulation") or "VXLAN").upper() == "VXLAN":
        yield Vni(vni=vni, kind="l3", vrf=vrf_of(leaf(found, "context-name")), source="evpn")


@query(
    "show ethernet-switching vxlan-tunnel-end-point remote",
    also=(
        "show ethernet-switching vxlan-tunnel-end-point[ {rest*}]",
        "show mac-vrf forwarding vxlan-tunnel-end-point[ {rest*}]",
        "show l2-learning vxlan-tunnel-end-point[ {rest*}]",
        "get-ethernet-switching-vxlan-rvtep-info[ {rest*}]",
    ),
    area="overlay",
    gives=(Vtep, Vni),
)
def tunnels(output: str) -> Read:
    """The remote tunnel endpoints, and behind how many each network identifier is."""
    found = tree(output)
    if found is None:
        entries = list(tunnels_in(output))
        known = "VTEP-IP" in output or "Logical System Name" in output
    else:
        known_roots = roots(found, "vxlan-source-vtep-information", "vxlan-tunnel-end-point-information")
        if not known_roots:
            raise NotUnderstood("no 'vxlan-source-vtep-information'")
        entries, known = [one for _, root in known_roots for one in _remote(root, 0)], True
    yield from or_empty(_tunnels(entries), known)


def _remote(node: Node, depth: int) -> Iterator[Node]:
    """Every element that has a remote endpoint in it; releases put it at different depths."""
    if "remote-vtep-address" in node:
        yield node
    elif depth < 6:
        for key in node:
            for one in nodes(node, key):
                yield from _remote(one, depth + 1)


def _vnis(node: Node, depth: int = 0) -> Iterator[int]:
    if (vni := whole(node, "vn-id")) is not None:
        yield vni
    if depth < 6:
        for key in node:
            for one in nodes(node, key):
                yield from _vnis(one, depth + 1)


def _tunnels(entries: list[Node]) -> Iterator[Fact]:
    behind: dict[int, int] = {}
    for one in entries:
        address = leaf(one, "remote-vtep-address")
        numbers = set(_vnis(one))
        if address:
            yield Vtep(address=address, state="up", vnis_count=len(numbers) or None)
        for vni in numbers:
            behind[vni] = behind.get(vni, 0) + 1
    for vni, endpoints in sorted(behind.items()):
        yield Vni(vni=vni, remote_vteps_count=endpoints)


@query(
    "show evpn ip-prefix-database",
    also=("show evpn ip-prefix-database {rest*}", "get-evpn-ip-prefix-database-information[ {rest*}]"),
    area="overlay",
    gives=(BgpRoute,),
    arguments=on_request,
)
def prefixes(output: str) -> Read:
    """The prefixes that a VRF gives to EVPN (`IPv4->EVPN`), and those it has from it."""
    if not output.strip():
        return
    found = tree(output)
    known = roots(found, "evpn-ip-prefix-database-information") if found is not None else []
    if not known:
        raise NotUnderstood("no 'evpn-ip-prefix-database-information'")
    contexts_ = [one for _, root in known for one in nodes(root, "evpn-pfxdb-l3-context")]
    yield from or_empty(each(contexts_, _prefixes), known=True)


def _prefixes(found: Node) -> Iterator[Fact]:
    vrf = vrf_of(leaf(found, "context-name"))
    for table in nodes(found, "evpn-pfxdb-ip-table"):
        ours = (leaf(table, "table-description") or "").endswith("EVPN")
        for entry in nodes(table, "evpn-pfxdb-ip-entry"):
            if prefix := leaf(entry, "entry-prefix"):
                yield BgpRoute(vrf=vrf, prefix=prefix, locally_originated=ours)
