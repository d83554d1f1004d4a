"""Routing tables in words: FRR's (`show ip route`) and the kernel's (`ip route`)."""

from __future__ import annotations

import ipaddress
import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Route, RoutingProcess
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import Object, Read, age_s, inner, listed, on_request, rows
from netdoctor.platforms.linux.routes import MAX_PREFIXES
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, text

PROTOCOLS: Final = {
    "K": "kernel",
    "C": "connected",
    "L": "local",
    "S": "static",
    "R": "rip",
    "O": "ospf",
    "I": "isis",
    "B": "bgp",
    "E": "eigrp",
    "N": "nhrp",
    "T": "table",
    "v": "vnc",
    "V": "vnc",
    "A": "babel",
    "D": "sharp",
    "F": "pbr",
    "f": "openfabric",
    "t": "table-direct",
}
_PLACE: Final = re.compile(r"^ *(?:IPv[46] unicast )?VRF (?P<vrf>[^\s:]+)[^:]*:")
_ROUTE: Final = re.compile(
    r"^ *(?P<code>[KCLSROIBENTvVADFft])(?P<flags>[ >*qrbto#]{0,5}) *(?P<prefix>[\da-fA-F.:]+/\d{1,3})"
    r"(?: \[(?P<distance>\d+)/(?P<metric>\d+)\])?(?P<rest>.*)$"
)
_HOP: Final = re.compile(
    r"^ *(?P<flags>[>*q ]{1,6}) +(?=via |is directly|unreachable|blackhole|\[)(?P<rest>.*)$"
)
_VIA: Final = re.compile(r"via ([\da-fA-F.:]+)(?: \(vrf \S+\))?(?:, ([\w./@:-]+))?")
_DIRECT: Final = re.compile(r"directly connected, ([\w./@-]+)")
_AGE: Final = re.compile(r"[ ,](\d+:\d\d:\d\d|\d+[ywdhms]\w*)\s*$")
_DISCARD: Final = re.compile(r"blackhole|unreachable|ICMP (?:unreachable|admin-prohibited)|Null0|reject")


@command(
    vtysh("show ip route vrf all"),
    area="forwarding",
    gives=(Route, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show ip route vrf all",
        "show ip[v6] route[ vrf {vrf}]",
        "show ip[v6] route[ vrf {vrf}] bgp",
        "show ip[v6] route[ vrf {vrf}] connected",
        "show ip[v6] route[ vrf {vrf}] kernel",
        "show ip[v6] route[ vrf {vrf}] ospf[6]",
        "show ip[v6] route[ vrf {vrf}] isis",
        "show ip[v6] route[ vrf {vrf}] static",
        "show ip[v6] route[ vrf {vrf}] {prefix}[ longer-prefixes]",
    ),
)
def table(output: str, vrf: str | None = None, prefix: str | None = None) -> Read:
    """The table, a line a next hop; or, when one prefix was asked for, its entries in full."""
    if dead := list(not_running(output)):
        yield from dead
    elif "Routing entry for" in output and not _ROUTE.search(output):
        yield from _entries(output)
    elif output.strip():
        yield from _once(_table(output, vrf if vrf and vrf != "all" else "default"))


def _once(found: Iterator[Route]) -> Read:
    """One route a prefix and protocol, the selected one when there are several."""
    known: dict[tuple[str, str, str], Route] = {}
    for route in found:
        key = (route.vrf, route.prefix, route.protocol)
        if key not in known and len(known) == MAX_PREFIXES:
            yield Note(text=f"only the first {MAX_PREFIXES} prefixes were read")
            break
        if key not in known or (route.active and not known[key].active):
            known[key] = route
    yield from known.values()


def _table(output: str, vrf: str) -> Iterator[Route]:
    """The routes with the next hops on the lines after them. Older FRR names every VRF but the default."""
    asked, open_route = vrf, None
    hops: list[str] = []
    marks = ""
    for line in clean(output).splitlines():
        route = _ROUTE.match(line)
        if open_route and not route and (more := _HOP.match(line)):
            hops.append(more["rest"])
            marks += more["flags"]
            continue
        if open_route:
            yield _route(vrf, open_route, hops, marks)
            open_route = None
        if route:
            open_route, hops, marks = route, [route["rest"]], route["flags"]
        elif placed := _PLACE.match(line):
            vrf = placed["vrf"]
        elif line.startswith("Codes:"):
            vrf = asked
        elif "Routing entry for" in line:
            return
    if open_route:
        yield _route(vrf, open_route, hops, marks)


def _route(vrf: str, found: re.Match[str], hops: list[str], marks: str) -> Route:
    """`marks` are those of the route and its next hops: of a recursive one the resolved hops are marked."""
    flags = found["flags"]
    selected = ">" in flags
    said = " ".join(hops)
    known = [(address, name) for hop in hops for address, name in _VIA.findall(hop)]
    direct = [name for hop in hops for name in _DIRECT.findall(hop)]
    age = next((age[1] for hop in hops if (age := _AGE.search(hop))), None)
    return Route(
        vrf=vrf,
        prefix=found["prefix"],
        protocol=PROTOCOLS[found["code"]],
        next_hops=tuple(dict.fromkeys(address for address, _ in known)),
        out_interfaces=tuple(dict.fromkeys([name for _, name in known if _is_port(name)] + direct)),
        discard=bool(_DISCARD.search(said)) and not known and not direct,
        distance=count(found["distance"]) if found["distance"] else None,
        metric=count(found["metric"]) if found["metric"] else None,
        age_s=age_s(age.lstrip("0") if age and age[1:2].isdigit() and ":" not in age else age),
        active=selected,
        programmed=("*" in marks and "r" not in flags and "#" not in flags) if selected else None,
    )


def _is_port(name: str) -> bool:
    """False for what may stand behind a next hop in an interface's place: an age, `weight`, `label`."""
    return bool(name) and not re.fullmatch(r"[\d:]+|\d+[ywdhms]\w*|weight|label|inactive|rmap|onlink", name)


_ENTRY: Final = re.compile(
    r"Routing entry for (?P<prefix>\S+)\s+Known via \"(?P<protocol>[^\"]+)\", distance (?P<distance>\d+), "
    r"metric (?P<metric>\d+)(?P<flags>[^\n]*)(?:\n\s*Last update (?P<age>\S+) ago)?"
    r"(?P<hops>(?:\n(?: +|\*).*)*)"
)


_ENTRY_HOP: Final = re.compile(
    r"^ *\*? *([\da-fA-F]*[.:][\da-fA-F.:]*)(?: \([^)]*\))?(?:, via ([^\s,]+))?", re.MULTILINE
)


def _entries(output: str) -> Read:
    for found in _ENTRY.finditer(clean(output)):
        vrf = re.search(r"vrf (\S+?)(?:,|$)", found["flags"])
        known = _ENTRY_HOP.findall(found["hops"])
        best = "best" in found["flags"]
        yield Route(
            vrf=vrf[1] if vrf else "default",
            prefix=found["prefix"],
            protocol=found["protocol"].strip().partition(" ")[0] or "unknown",
            next_hops=tuple(address for address, _ in known),
            out_interfaces=tuple(
                [name for _, name in known if _is_port(name)] + _DIRECT.findall(found["hops"])
            ),
            discard=bool(_DISCARD.search(found["hops"])) and not known,
            distance=count(found["distance"]),
            metric=count(found["metric"]),
            age_s=_entry_age_s(found["age"]),
            active=best,
            programmed="* " in found["hops"] if best else None,
        )


def _entry_age_s(said: str | None) -> float | None:
    """Weeks may be written with two digits; older releases do not tell an age at all."""
    return age_s(said if said and ":" in said else said.lstrip("0")) if said else None


_TYPES: Final = (
    "local",
    "broadcast",
    "anycast",
    "multicast",
    "unicast",
    "blackhole",
    "unreachable",
    "prohibit",
)
_DISCARDS: Final = {"blackhole", "unreachable", "prohibit", "throw"}
_OWN_TABLES: Final = {None, "main", "local", "default", "253", "254", "255"}
"""The tables of the default VRF (ip-route(8)); any other is told by its name, which is its VRF's."""
_SELF: Final = {"broadcast", "anycast", "multicast"}
_WORDS: Final = {
    "boot": "kernel",
    "ra": "kernel",
    "186": "bgp",
    "188": "ospf",
    "187": "isis",
    "196": "static",
}
"""Who put a route there, where iproute2 has another word for it (rtnetlink(7), /etc/iproute2/rt_protos)."""


@command(
    "ip route show",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=(
        "ip[ -4| -6] route[ show| list][ table {table}]",
        "ip[ -4| -6] r[ show| list][ table {table}]",
        "ip[ -4| -6] route[ show| list] vrf {vrf}",
        "ip route get {address}",
    ),
)
def kernel(output: str, vrf: str | None = None) -> Read:
    """The kernel's table: `[type] prefix [via …] dev … proto …`, further next hops on lines of their own."""
    found: list[dict[str, Any]] = []
    for line in clean(output).splitlines():
        words = line.split()
        if words and words[0] == "nexthop" and found:
            _add_hop(found[-1], words)
        elif words and (route := _kernel_route(words)):
            found.append(route)
    if not found and output.strip():
        raise NotUnderstood("no routes")
    known: dict[tuple[str, str, str], dict[str, Any]] = {}
    for route in found:
        route["vrf"] = route["vrf"] or vrf or "default"
        known.setdefault((route["vrf"], route["prefix"], route["protocol"]), route)
    for route in known.values():
        yield Route(**route)


def _kernel_route(words: list[str]) -> dict[str, Any] | None:
    kind = words.pop(0) if words[0] in {*_TYPES, *_DISCARDS} else "unicast"
    if kind in _SELF or not words:
        return None
    prefix = _prefix(words[0], words)
    if prefix is None:
        return None
    said = dict(itertools.pairwise(words))
    proto = said.get("proto", "kernel" if kind == "local" else "boot")
    connected = proto == "kernel" and said.get("scope") == "link"
    protocol = "local" if kind == "local" else "connected" if connected else _WORDS.get(proto, proto)
    table = said.get("table")
    route: dict[str, Any] = {
        "vrf": None if table in _OWN_TABLES else table,
        "prefix": prefix,
        "protocol": protocol,
        "next_hops": (),
        "out_interfaces": (),
        "discard": kind in _DISCARDS,
        "metric": count(said.get("metric")),
        "active": "linkdown" not in words and "dead" not in words,
        "programmed": True,
    }
    _add_hop(route, words)
    return route


def _prefix(word: str, words: list[str]) -> str | None:
    """The destination with its length; `default` is of the family of its next hop."""
    if word == "default":
        return "::/0" if any(":" in one for one in words[1:]) else "0.0.0.0/0"
    try:
        return str(ipaddress.ip_network(word))
    except ValueError:
        return None


def _add_hop(route: dict[str, Any], words: list[str]) -> None:
    said = dict(itertools.pairwise(words))
    via = said.get("inet6") or said.get("via")
    for key, value in (("next_hops", via), ("out_interfaces", said.get("dev"))):
        if value and value not in route[key]:
            route[key] = (*route[key], value)


@command(
    "ip -j route show",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=("ip[ -4| -6] -j[ -4| -6] route[ show][ table {table}]", "ip -j[ -d] route show[ vrf {vrf}]"),
)
def kernel_json(output: str, vrf: str | None = None) -> Read:
    """The kernel's table as JSON, each route put into the words of the text."""
    nothing = True
    for row in rows(output):
        nothing = False
        route = _kernel_route(_as_words(row))
        if route:
            for hop in listed(row.get("nexthops")):
                _add_hop(route, _hop_words(hop))
            yield Route(**{**route, "vrf": route["vrf"] or vrf or "default"})
    if nothing and output.strip():
        yield EMPTY


def _as_words(row: Object) -> list[str]:
    words = [str(row.get("type", "unicast")), str(row.get("dst")), *_hop_words(row)]
    for key, name in (("protocol", "proto"), ("scope", "scope"), ("metric", "metric")):
        words += [name, str(row[key])] if row.get(key) is not None else []
    return [*words, *(str(flag) for flag in listed(row.get("flags")))]


def _hop_words(hop: Any) -> list[str]:
    gateway = text(inner({"": hop}, "").get("gateway")) or text(inner(hop, "via").get("host"))
    name = text(inner({"": hop}, "").get("dev"))
    return [*(["via", gateway] if gateway else []), *(["dev", name] if name else [])]
