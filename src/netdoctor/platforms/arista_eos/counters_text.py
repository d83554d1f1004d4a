"""Counters of queues, drops and errors, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter, Interface, QueueCounters
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count

_DROP = re.compile(r"^\s*(?P<type>[A-Z])\s+(?P<chip>\S+)\s+(?P<name>\S+)\s*:\s*(?P<count>\d+)\s*(?::|$)")


@command("show hardware counter drop", area="acl", gives=(DropCounter,), arguments=on_request)
def hardware(output: str) -> Read:
    """What each chip dropped, by its own name for the reason."""
    totals: dict[str, int] = {}
    for line in lines(output):
        if found := _DROP.match(line.text):
            name = f"{found['chip']} {found['name']}"
            totals[name] = totals.get(name, 0) + int(found["count"])
    for name, dropped in totals.items():
        yield DropCounter(kind="asic", name=name, dropped_pkts=count(dropped))
    if "Drops:" in output:
        yield EMPTY


_PORT = r"(?P<port>(?:Et|Po|Ma|Vl|Vx|Lo|Fa|Re|Un|Cp)[A-Za-z-]*\d[\w/.]*)"
_QUEUE = re.compile(
    rf"^\s*{_PORT}\s+(?:(?P<cast>[UM]C)?(?P<class>TC\d+|\d+))\s+(?P<words>(?:DP\S+\s+|[UM]C\s+|ALL\s+|-\s+)*)"
    r"(?P<counters>\d+(?:\s+\d+){1,3})\s*$"
)
_VOQ = re.compile(r"VoQ|VOQ")


@command(
    "show interfaces counters queue detail",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=(
        "show interfaces counters queue[ {kind}]",
        "show interfaces {ports*} counters queue[ {kind}]",
    ),
)
def queues(output: str, kind: str = "") -> Read:
    """Counters of every queue of every port, its drop precedences together."""
    place, sums = "EGQ", dict[tuple[str, str, str], list[int]]()
    for line in lines(output):
        if found := _QUEUE.match(line.text):
            cast = found["cast"] or next(
                (word for word in found["words"].split() if word in {"UC", "MC"}), ""
            )
            number = found["class"].removeprefix("TC")
            queue = f"{cast or place}{number}"
            counters = [int(word) for word in found["counters"].split()]
            _add(sums.setdefault((normalise_interface(found["port"]), queue, f"TC{number}"), []), counters)
        elif "Queue" in line.text or "VoQ" in line.text:
            place = "VOQ" if _VOQ.search(line.text) else "EGQ"
    for (name, queue, traffic_class), counted in sums.items():
        yield _queue(name, queue, traffic_class, counted)
    if "OutEnqPkts" in output or "DropPkts" in output:
        yield EMPTY


def _add(sums: list[int], counters: list[int]) -> None:
    sums[:] = [one + other for one, other in zip(sums or [0] * len(counters), counters, strict=False)]


def _queue(name: str, queue: str, traffic_class: str, counted: list[int]) -> QueueCounters:
    """Four columns are what was sent and what was dropped, in packets and bytes; two leave out the bytes."""
    sent_pkts, sent_bytes, dropped_pkts, dropped_bytes = (
        counted if len(counted) == 4 else (counted[0], None, counted[-1], None)
    )
    return QueueCounters(
        interface=name,
        queue=queue,
        traffic_class=traffic_class,
        transmitted_pkts=count(sent_pkts),
        transmitted_bytes=count(sent_bytes),
        dropped_pkts=count(dropped_pkts),
        dropped_bytes=count(dropped_bytes),
    )


_ROW = re.compile(rf"^\s*{_PORT}\s+(?P<counters>\d+(?:\s+\d+)*)\s*$")
_COLUMNS: dict[str, dict[str, str]] = {
    "FCS": {
        "FCS": "in_fcs_errors_count",
        "Rx": "in_errors_count",
        "Runts": "in_runts_count",
        "Giants": "in_giants_count",
        "Tx": "out_errors_count",
    },
    "InDiscards": {"InDiscards": "in_discards_count", "OutDiscards": "out_discards_count"},
    "InOctets": {"InOctets": "in_octets_bytes"},
    "OutOctets": {"OutOctets": "out_octets_bytes"},
}
"""The first column of a table of counters, and the fields that its columns are."""


@command(
    "show interfaces counters",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interfaces counters errors",
        "show interfaces counters discards",
        "show interfaces {ports*} counters[ errors| discards]",
    ),
)
def counters(output: str) -> Read:
    """The tables of octets and packets, of errors or of discards, whichever are printed."""
    heads: list[str] = []
    for line in lines(output):
        words = line.text.split()
        if words[0] == "Port" and len(words) > 1:
            heads = words[1:]
        elif heads and (found := _ROW.match(line.text)):
            yield from _counted(found["port"], heads, found["counters"].split())
    if heads and heads[0] in _COLUMNS:
        yield EMPTY


def _counted(port: str, heads: list[str], cells: list[str]) -> Iterator[Interface]:
    columns = _COLUMNS.get(heads[0])
    if columns is None or len(cells) < len(heads):
        return
    said = dict(zip(heads, map(count, cells), strict=False))
    fields = {field: said.get(name) for name, field in columns.items()}
    for way, field in (("In", "in_pkts"), ("Out", "out_pkts")):
        cast = [said.get(f"{way}{kind}Pkts") for kind in ("Ucast", "Mcast", "Bcast")]
        if None not in cast:
            fields[field] = sum(number or 0 for number in cast)
    yield Interface(interface=normalise_interface(port), **fields)  # type: ignore[arg-type]  # counters only
