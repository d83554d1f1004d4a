"""Counters of dropped packets: filters, policers, control-plane protection, the forwarding engine's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter, Fact
from netdoctor.platforms.base import NotUnderstood, command
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
    sections,
    tree,
    whole,
)
from netdoctor.platforms.values import count

_LOGGED = re.compile(
    r"^[ \t]*(?P<time>\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+) +(?P<filter>\S+) +"
    r"(?P<action>[AD]) +(?P<interface>\S+) +(?P<protocol>\S+) +(?P<source>\S+) +(?P<destination>\S+)",
    re.MULTILINE,
)


@query(
    "show firewall log",
    also=("get-firewall-log-information[ {rest*}]",),
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
)
def logged(output: str) -> Read:
    """How many packets of each source the log shows discarded, by interface."""
    found = tree(output)
    if found is None:
        rows = [(row["action"], row["interface"], row["source"]) for row in _LOGGED.finditer(output)]
    else:
        rows = [
            (leaf(one, "action") or "", leaf(one, "interface-name") or "", leaf(one, "source-address") or "")
            for _, root in roots(found, "firewall-log-information")
            for one in nodes(root, "log-information")
        ]
    counted: dict[tuple[str, str], int] = {}
    for action, interface, source in rows:
        dropped = action.lower() in {"d", "discard", "r", "reject"}
        counted[interface, source] = counted.get((interface, source), 0) + dropped
    yield from or_empty(
        (
            DropCounter(
                kind="acl",
                name=f"log {source} {interface}",
                interface=interface,
                peer=source,
                dropped_pkts=number,
            )
            for (interface, source), number in counted.items()
        ),
        known=re.search(r"^\s*Log *:", output, re.M) is not None,
    )


_FILTER = re.compile(r"^[ \t]*Filter: +(?P<name>\S+)[^\n]*", re.MULTILINE)
_COUNTER = re.compile(r"^[ \t]*(?P<name>\S[^\n]*?) +(?P<bytes>\d+) +(?P<packets>\d+)[ \t]*$", re.MULTILINE)


@query(
    "show firewall",
    also=("show firewall {rest*}", "show firewall filter {name}", "get-firewall-information[ {rest*}]"),
    area="acl",
    gives=(DropCounter,),
    sampled=True,
)
def filters(output: str) -> Read:
    """Every counter of every filter, and what its policers dropped."""
    found = tree(output)
    if found is None:
        yield from or_empty(_filters_in(output), known=_FILTER.search(output) is not None)
        return
    known = roots(found, "firewall-information")
    if not known:
        raise NotUnderstood("no 'firewall-information'")
    tables = [one for _, root in known for one in nodes(root, "filter-information")]
    yield from or_empty(each(tables, _filter), known=True)


def _filter(found: Node) -> Iterator[Fact]:
    name = leaf(found, "filter-name") or "?"
    for one in nodes(found, "counter"):
        if counter := leaf(one, "counter-name"):
            yield _counter(name, counter, whole(one, "packet-count"))
    for one in nodes(found, "policer"):
        if counter := leaf(one, "policer-name"):
            yield DropCounter(kind="acl", name=f"{name} {counter}", dropped_pkts=whole(one, "packet-count"))


_DROPS = re.compile(r"(?:^|[^a-z])(?:deny|discard|drop|reject|block)", re.IGNORECASE)


def _counter(filter_name: str, name: str, packets: int | None) -> DropCounter:
    """A term's counter tells what it matched; whether that is dropped, its name alone may say."""
    interface = re.search(r"-((?:ge|xe|et|ae|irb|lo)[-\d][\w/:.]*?)-[io]$", filter_name)
    return DropCounter(
        kind="acl",
        name=f"{filter_name} {name}",
        interface=interface[1] if interface else None,
        matched_pkts=packets,
        dropped_pkts=packets if _DROPS.search(name) else None,
    )


def _filters_in(output: str) -> Iterator[DropCounter]:
    for head, body in sections(output, _FILTER):
        policers = body.find("Policers:")
        for row in _COUNTER.finditer(body):
            if row["name"].split()[0] == "Name":
                continue
            if 0 <= policers < row.start():
                yield DropCounter(
                    kind="acl", name=f"{head['name']} {row['name']}", dropped_pkts=count(row["packets"])
                )
            else:
                yield _counter(head["name"], row["name"], count(row["packets"]))


_GROUP = re.compile(r"^[ \t]*Protocol Group: +(?P<name>\S+)[^\n]*", re.MULTILINE)
_PACKET = re.compile(r"^[ \t]*Packet type: +(?P<name>[\w-]+)[^\n]*", re.MULTILINE)
_RECEIVED = re.compile(
    r"\bReceived: +(?P<received>\d+)[^\n]*\n(?:[^\n]*\n)??[ \t]*Dropped: +(?P<dropped>\d+)"
)


@query(
    "show ddos-protection protocols statistics terse",
    also=(
        "show ddos-protection protocols[ {rest*}]",
        "show ddos-protection protocols",
        "get-ddos-protocols-information[ {rest*}]",
    ),
    area="copp",
    gives=(DropCounter,),
    sampled=True,
)
def ddos(output: str) -> Read:
    """What the control plane's policers let through and dropped, system-wide, of each kind of packet."""
    found = tree(output)
    if found is None:
        yield from _ddos_in(output)
        return
    known = roots(found, "ddos-protocols-information", "ddos-protocols-information-terse")
    if not known:
        if roots(found, "ddos-statistics-information"):
            return
        raise NotUnderstood("no 'ddos-protocols-information'")
    groups = [one for _, root in known for one in nodes(root, "ddos-protocol-group")]
    yield from or_empty(each(groups, _group), known=True)


def _group(found: Node) -> Iterator[Fact]:
    group = leaf(found, "group-name") or "?"
    for one in nodes(found, "ddos-protocol"):
        name = leaf(one, "packet-type") or "?"
        place = next(iter(nodes(one, "ddos-system-statistics")), one)
        received, dropped = whole(place, "packet-received"), whole(place, "packet-dropped")
        if received is not None or dropped is not None:
            yield _policed(group, name, received, dropped)


def _policed(group: str, name: str, received: int | None, dropped: int | None) -> DropCounter:
    passed = (
        received - dropped if received is not None and dropped is not None and received >= dropped else None
    )
    return DropCounter(kind="copp", name=f"{group} {name}", dropped_pkts=dropped, conformed_pkts=passed)


_TERSE = re.compile(
    r"^[ \t]*(?P<group>[a-z][\w-]*) +(?P<name>[a-z][\w.-]*) +(?P<received>\d+) +(?P<dropped>\d+) +\d+ "
    r"+\d+ +\S+",
    re.MULTILINE,
)
_NO_VIOLATION = re.compile(
    r"Packet types: \d+, |Currently violated:|DDOS protection global statistics", re.IGNORECASE
)


def _ddos_in(output: str) -> Read:
    nothing = True
    for head, body in sections(output, _GROUP):
        for packet, part in sections(body, _PACKET):
            if found := _RECEIVED.search(part):
                nothing = False
                yield _policed(
                    head["name"], packet["name"], count(found["received"]), count(found["dropped"])
                )
    for row in _TERSE.finditer(output):
        nothing = False
        yield _policed(row["group"], row["name"], count(row["received"]), count(row["dropped"]))
    if nothing:
        yield from or_empty((), known=_NO_VIOLATION.search(output) is not None)


@query(
    "show ddos-protection statistics",
    area="copp",
    gives=(DropCounter,),
    also=("get-ddos-statistics-information",),
    arguments=on_request,
)
def ddos_statistics(output: str) -> Read:
    """The number of violations of all; of each kind of packet where the answer tells of them."""
    if not output.strip():
        return
    found = tree(output)
    if found is not None and roots(found, "ddos-protocols-information"):
        yield from ddos(output)
        return
    said = re.search(r"^\s*Currently violated packet types: +(\d+)", output, re.M)
    if found is not None:
        known = roots(found, "ddos-statistics-information")
        if not known:
            raise NotUnderstood("no 'ddos-statistics-information'")
    elif said is None:
        raise NotUnderstood("no statistics")
    yield from or_empty((), known=True)


_AUTH = re.compile(r"^[ \t]*(\d+) rcv packets dropped by TCP due to auth errors", re.MULTILINE)


@command(
    "show system statistics tcp | no-more",
    area="bgp",
    gives=(DropCounter,),
    sampled=True,
    aliases=("show system statistics[ {rest*}]",),
)
def tcp(output: str) -> Read:
    """What the routing engine's own TCP refused for a wrong or missing signature."""
    found = [number for said in _AUTH.findall(output) if (number := count(said)) is not None]
    if found:
        yield DropCounter(kind="tcp_md5", name="TCP auth errors", dropped_pkts=sum(found))
    yield from or_empty((), known=not found and re.search(r"^\s*\w+:\s*$", output, re.M) is not None)


_PFE_TITLE = re.compile(
    r"^[ \t]*(?P<title>Packet Forwarding Engine [\w ]*?(?:discard|drop)[\w ]*statistics|ICMP Discards|"
    r"ICMP Errors):[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_PFE_LINE = re.compile(r"^[ \t]*(?P<name>[A-Z][\w /-]*?) *: +(?P<number>\d+)[ \t]*$", re.MULTILINE)
_ICMP_LINE = re.compile(r"^[ \t]*(?P<number>\d+) (?P<name>[A-Za-z][\w /]*?)[ \t]*$", re.MULTILINE)


@query(
    "show pfe statistics traffic",
    also=(
        "show pfe statistics traffic {rest*}",
        "get-pfe-statistics-information[ {rest*}]",
        'request pfe execute command "show icmp statistics"',
    ),
    area="acl",
    gives=(DropCounter,),
    sampled=True,
)
def pfe(output: str) -> Read:
    """What the forwarding engines dropped, by their own names for the reason."""
    found = None if "ICMP Statistics" in output else tree(output)
    if found is None:
        yield from or_empty(
            _pfe_in(output), known="Packet Forwarding Engine" in output or "ICMP Statistics" in output
        )
        return
    known = roots(found, "pfe-statistics")
    if not known:
        raise NotUnderstood("no 'pfe-statistics'")
    for _, root in known:
        for table in (*nodes(root, "pfe-hardware-discard-statistics"), *nodes(root, "pfe-chip-statistics")):
            for key in table:
                if key != "attributes" and (number := whole(table, key)) is not None:
                    name = key.removesuffix("-discards").replace("-", " ")
                    yield DropCounter(kind="asic", name=name, dropped_pkts=number)
        local = next(iter(nodes(root, "pfe-local-traffic-statistics")), {})
        for key in (
            "software-input-control-drops",
            "software-input-high-drops",
            "software-input-medium-drops",
            "software-input-low-drops",
            "software-output-low-drops",
            "hardware-input-drops",
        ):
            if (number := whole(local, key)) is not None:
                yield DropCounter(kind="asic", name=key.replace("-", " "), dropped_pkts=number)


def _pfe_in(output: str) -> Iterator[DropCounter]:
    for head, body in sections(output, _PFE_TITLE):
        pattern = _ICMP_LINE if head["title"].startswith("ICMP") else _PFE_LINE
        # A title of another kind ends the list.
        stop = re.search(r"^[ \t]*(?:Packet Forwarding Engine|ICMP) [^\n]*:", body, re.M)
        prefix = f"{head['title']} " if head["title"].startswith("ICMP") else ""
        for row in pattern.finditer(body[: stop.start()] if stop else body):
            yield DropCounter(kind="asic", name=f"{prefix}{row['name']}", dropped_pkts=count(row["number"]))
