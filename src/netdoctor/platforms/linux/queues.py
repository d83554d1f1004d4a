"""Traffic control: queueing disciplines and their classes (tc-qdisc, tc-class of iproute2).

A queue is named by its place: `root`, `ingress`, or the class it stands in (`1:10`), so that a class's
rate and the counters of the queue in it are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from netdoctor.model.facts import Fact, QueueCounters
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, each, inner, rows
from netdoctor.platforms.values import clean, count, text

_CLASSFUL = frozenset({"htb", "hfsc", "drr", "qfq", "ets", "cbq"})
_MAX_INTERFACES = 64
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


@command(
    "tc -s -j qdisc show",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    privileged=True,
    aliases=("tc -s -j qdisc", "tc -j -s qdisc show", "tc -j -s qdisc", "tc -s -d -j qdisc show"),
)
def disciplines(output: str) -> Read:
    """Every queueing discipline but `noqueue`, which has no queue."""
    if output.strip():
        yield from each((row for row in rows(output) if row.get("kind") != "noqueue"), _discipline)


def _discipline(row: Object) -> Read:
    kind = text(row.get("kind"))
    incoming = kind in {"ingress", "clsact"}
    rate_bytes = count(inner(row, "options").get("rate"))
    yield QueueCounters(
        interface=clean(row["dev"]),
        queue="ingress" if incoming else _place(row),
        direction="in" if incoming else "out",
        transmitted_pkts=count(row.get("packets")),
        transmitted_bytes=count(row.get("bytes")),
        dropped_pkts=count(row.get("drops")),
        depth_bytes=count(row.get("backlog")),
        rate_limit_bps=rate_bytes * 8 if rate_bytes else None,
        scheduler=kind,
    )


def _place(row: Object) -> str:
    """`root`, or the class that the discipline stands in."""
    if row.get("root"):
        return "root"
    return text(row.get("parent")) or clean(str(row["handle"]))


def _shaped(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The interfaces whose queues stand in classes, which have rates of their own."""
    found = sorted(
        {
            fact.interface
            for fact in facts
            if isinstance(fact, QueueCounters) and fact.scheduler in _CLASSFUL and fact.direction == "out"
        }
    )
    return ({"interface": interface} for interface in found[:_MAX_INTERFACES])


_CLASS = re.compile(
    r"^class (?P<kind>\S+) (?P<name>\S+)(?P<rest>.*)\n"
    r"\s*Sent (?P<bytes>\d+) bytes (?P<pkts>\d+) pkts? \(dropped (?P<drops>\d+),.*\n"
    r"(?:\s*rate .*\n)?"
    r"\s*backlog (?P<backlog>\d+)(?P<unit>[KMG]?)b ",
    re.MULTILINE,
)
_RATE = re.compile(r"(?:ceil|\brate) (\d+(?:\.\d+)?)([KMGT]?i?)(bit|bps)\b")


@command(
    "tc -s class show dev {interface}",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    privileged=True,
    arguments=_shaped,
)
def classes(output: str, interface: str) -> Read:
    """The classes of a shaper, as text: tc knows no JSON for them. A class may send up to its ceiling."""
    if output.strip():
        yield from each(((interface, found) for found in _CLASS.finditer(output + "\n")), _class)


def _class(interface: str, found: re.Match[str]) -> Read:
    rates = [_bps(*rate) for rate in _RATE.findall(found["rest"])]
    yield QueueCounters(
        interface=interface,
        queue=clean(found["name"]),
        transmitted_pkts=count(found["pkts"]),
        transmitted_bytes=count(found["bytes"]),
        dropped_pkts=count(found["drops"]),
        depth_bytes=count(int(found["backlog"]) * (1024 ** "_KMG".index(found["unit"] or "_"))),
        rate_limit_bps=count(max(rates)) if rates else None,
        scheduler=clean(found["kind"]),
    )


def _bps(number: str, unit: str, word: str) -> int:
    """Bits a second in tc's `1Mbit`; its `bps` are bytes a second."""
    return int(float(number) * _UNITS.get(unit, 1) * (8 if word == "bps" else 1))
