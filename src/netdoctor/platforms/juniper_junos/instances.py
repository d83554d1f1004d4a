"""How many routes there are, which interfaces are in which instance, what the forwarding table has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import BgpInstance, Fact, Interface, Route, TableUse
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import is_virtual, kind_of, vrf_of
from netdoctor.platforms.juniper_junos.reading import (
    NO_ROUTING,
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
    tree,
)
from netdoctor.platforms.values import as_number, count, is_ip

_TABLE = re.compile(
    r"^[ \t]*(?P<name>[\w.:-]+\.\d+) *: (?:\d+ destinations, )?\d+ routes \((?P<active>\d+) active",
    re.MULTILINE,
)


@query(
    "show route summary",
    also=("show route summary {rest*}", "get-route-summary-information"),
    area="forwarding",
    gives=(TableUse, BgpInstance),
)
def summary(output: str) -> Read:
    """The number of active routes of every table, and the AS number and router id of all."""
    found = tree(output)
    if found is None:
        number, router = (
            re.search(rf"^\s*{name}: *(\S+)", output, re.M)
            for name in ("Autonomous system number", "Router ID")
        )
        if number or router:
            yield BgpInstance(
                local_as=as_number(number[1]) if number else None, router_id=router[1] if router else None
            )
        yield from or_empty(_uses(output), known=re.match(NO_ROUTING, output) is not None)
        return
    known = roots(found, "route-summary-information")
    if not known:
        raise NotUnderstood("no 'route-summary-information'")
    for _, root in known:
        local_as, router_id = as_number(leaf(root, "as-number")), leaf(root, "router-id")
        if local_as is not None or router_id:
            yield BgpInstance(local_as=local_as, router_id=router_id)
        for table in nodes(root, "route-table"):
            if name := leaf(table, "table-name"):
                yield TableUse(table=name, used_count=count(leaf(table, "active-route-count")))


def _uses(output: str) -> Iterator[TableUse]:
    for row in _TABLE.finditer(output):
        yield TableUse(table=row["name"], used_count=count(row["active"]))


_INSTANCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<name>[\w.-]+):[ \t]*\n(?=[ \t]*(?:Router ID|Description|Type):)", re.MULTILINE
)
_UNIT = re.compile(r"^[ \t]*([a-z][\w/:-]*\.\d+)[ \t]*$", re.MULTILINE)


@query(
    "show route instance detail",
    also=("show route instance[ {rest*}]", "get-instance-information[ {rest*}]"),
    area="forwarding",
    gives=(Interface, TableUse),
)
def instances(output: str) -> Read:
    """Which interfaces are in which routing instance. Junos's own private instances are left out."""
    found, no_routing = tree(output), re.match(NO_ROUTING, output) is not None
    if found is None:
        known = [_instance(head["name"], body) for head, body in sections(output, _INSTANCE)]
    else:
        places = roots(found, "instance-information")
        if not places:
            raise NotUnderstood("no 'instance-information'")
        known = [one for _, root in places for one in nodes(root, "instance-core")]
    yield from or_empty(
        each(known, _members), known=bool(known) or found is not None or "Instance" in output or no_routing
    )


def _instance(name: str, body: str) -> Node:
    return {
        "instance-name": name,
        "instance-interface": [{"interface-name": unit} for unit in _UNIT.findall(body)],
        "instance-rib": [
            {"irib-name": row["name"], "irib-active-count": row["active"]} for row in _TABLE.finditer(body)
        ],
    }


def _members(found: Node) -> Iterator[Fact]:
    name = leaf(found, "instance-name") or ""
    if name.startswith("__"):
        return
    for place in nodes(found, "instance-interface"):
        for unit in leaves(place, "interface-name"):
            yield Interface(interface=unit, vrf=vrf_of(name), kind=kind_of(unit), virtual=is_virtual(unit))
    for table in nodes(found, "instance-rib"):
        if rib := leaf(table, "irib-name"):
            yield TableUse(table=rib, used_count=count(leaf(table, "irib-active-count")))


_DROPS = {"dscd", "rjct", "bcst"}
_FIB_TABLE = re.compile(
    r"^[ \t]*Routing table: (?P<name>[\w.-]+?)\.(?P<family>inet6?)\b[^\n]*|^[ \t]*Routing table: [^\n]*",
    re.MULTILINE,
)
_FIB_ROW = re.compile(
    r"^[ \t]*(?P<destination>default|[\da-fA-F][\da-fA-F.:]*(?:/\d+)?|::[\da-fA-F:.]*(?:/\d+)?) +"
    r"(?P<type>user|perm|intf|dest|iddn|ifdn|ignr|clon) +\d+ *(?P<hop>[\da-fA-F.:]+(?=[ \t]))? +"
    r"(?P<kind>[a-z]{4}) +\d+ +\d+(?: +(?P<out>[a-z]\S+))?",
    re.MULTILINE,
)


@query(
    "show route forwarding-table",
    also=("show route forwarding-table {rest*}", "get-forwarding-table-information[ {rest*}]"),
    area="forwarding",
    gives=(Route, TableUse),
    arguments=on_request,
)
def forwarding(output: str) -> Read:
    """What the forwarding table has; it does not know by which protocol. The summary counts them alone."""
    found = tree(output)
    if found is None:
        entries: list[Fact] = [*_fib_text(output), *_fib_counts(output)]
        yield from or_empty(entries, known="Routing table:" in output)
        return
    known = roots(found, "forwarding-table-information")
    if not known:
        raise NotUnderstood("no 'forwarding-table-information'")
    tables = [table for _, root in known for table in nodes(root, "route-table")]
    yield from or_empty(each(tables, _fib), known=True)


def _fib(table: Node) -> Iterator[Fact]:
    name, family = (
        leaf(table, "table-name") or "default",
        (leaf(table, "address-family") or "Internet").lower(),
    )
    if not family.startswith("internet"):
        return
    vrf = vrf_of(name.removesuffix(".inet").removesuffix(".inet6"))
    for entry in nodes(table, "rt-entry"):
        destination = leaf(entry, "rt-destination")
        if destination:
            hops = nodes(entry, "nh")
            yield _programmed(
                vrf,
                destination,
                "6" in family,
                [said for one in hops if (said := leaf(one, "to"))],
                [said for one in hops if (said := leaf(one, "via"))],
                {leaf(one, "nh-type") or "" for one in hops},
            )


def _fib_text(output: str) -> Iterator[Route]:
    tables = [(head["name"], head["family"], body) for head, body in sections(output, _FIB_TABLE)]
    for name, family, body in tables or [("default", "inet", output)]:
        if name is None:
            continue
        vrf = vrf_of(name)
        for row in _FIB_ROW.finditer(body):
            six = family == "inet6"
            yield _programmed(
                vrf, row["destination"], six, [row["hop"] or ""], [row["out"] or ""], {row["kind"]}
            )


_FIB_NAME = re.compile(r"^[ \t]*Routing table: (\S+)[^\n]*", re.MULTILINE)
_FIB_COUNT = re.compile(r"^[ \t]*[a-z]{4}: +(\d{1,12}) routes?\b", re.MULTILINE)


def _fib_counts(output: str) -> Iterator[TableUse]:
    """How many entries each table has, of all types (user, perm, intf, dest …); private tables left out."""
    for head, body in sections(output, _FIB_NAME):
        if not head[1].startswith("__") and (counts := _FIB_COUNT.findall(body)):
            yield TableUse(table=head[1], used_count=sum(map(int, counts)))


def _programmed(vrf: str, said: str, six: bool, hops: list[str], out: list[str], kinds: set[str]) -> Route:
    prefix = ("::/0" if six else "0.0.0.0/0") if said == "default" else said
    if "/" not in prefix:
        prefix += "/128" if ":" in prefix else "/32"
    return Route(
        vrf=vrf,
        prefix=prefix,
        protocol="fib",
        next_hops=tuple(dict.fromkeys(hop for hop in hops if is_ip(hop))),
        out_interfaces=tuple(dict.fromkeys(filter(None, out))),
        discard=bool(kinds & _DROPS),
        programmed=True,
    )
