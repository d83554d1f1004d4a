"""Traffic control: queueing disciplines and their classes (tc-qdisc, tc-class of iproute2).

A queue is named by its place: `root`, `ingress`, or the class it stands in (`1:10`), so that a class's
rate and the counters of the queue in it are one fact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from netdoctor.model.facts import Fact, QueueCounters
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Object, Read, each, inner, on_request, rows
from netdoctor.platforms.values import clean, count, text

_CLASSFUL = frozenset({"htb", "hfsc", "drr", "qfq", "ets", "cbq"})
_CLASS_NAME = re.compile(r"[0-9a-f]+:[0-9a-f]+", re.ASCII)
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
    """Every queueing discipline that has a queue: not `noqueue`, and none that only sums up others."""
    if output.strip():
        found = list(rows(output))
        shapers = {_handle(row): row for row in found}
        sums = {_parent(row) for row in found if _parent(row) != _handle(row)}
        queues = (row for row in found if row.get("kind") != "noqueue" and _handle(row) not in sums)
        yield from each(((row, shapers.get(_parent(row), {})) for row in queues), _discipline)


_QDISC = re.compile(
    r"^qdisc (?P<kind>\S+) (?P<handle>\S+) (?:dev (?P<dev>\S+) )?"
    r"(?:(?P<root>root)|parent (?P<parent>\S+))(?P<rest>.*)\n"
    r"\s*Sent (?P<bytes>\d+) bytes (?P<packets>\d+) pkts? \(dropped (?P<drops>\d+),.*\n"
    r"(?:\s*rate .*\n)?"
    r"\s*backlog (?P<backlog>\d+)(?P<unit>[KMG]?)b ",
    re.MULTILINE,
)


@command(
    "tc -s qdisc show",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=("tc -s qdisc", "tc -s[ -d] qdisc show dev {interface}", "tc -s -d qdisc[ show]"),
)
def disciplines_in_words(output: str, interface: str = "") -> Read:
    """The same in words, each discipline put as the JSON has it."""
    found = [_as_json(entry, interface) for entry in _QDISC.finditer(output + "\n")]
    if found or not output.lstrip().startswith("qdisc noqueue"):
        yield from disciplines(json.dumps(found)) if found else ()
    else:
        yield EMPTY


def _as_json(found: re.Match[str], interface: str) -> Object:
    counters = {name: int(found[name]) for name in ("bytes", "packets", "drops")}
    rate = re.search(r" rate (\d+(?:\.\d+)?)([KMGT]?i?)(bit|bps)\b", found["rest"])
    return {
        **counters,
        "kind": found["kind"],
        "handle": found["handle"],
        "dev": found["dev"] or interface,
        "root": bool(found["root"]),
        "parent": found["parent"],
        "backlog": int(found["backlog"]) * 1024 ** "_KMG".index(found["unit"] or "_"),
        "options": {"rate": _bps(*rate.groups()) // 8} if rate else {},
    }


def _handle(row: Object) -> tuple[str, str]:
    """Device and handle; the queues of `mq` leave out its handle `0:`."""
    handle = str(row.get("handle"))
    return str(row.get("dev")), ":" if handle == "0:" and row.get("kind") == "mq" else handle


def _parent(row: Object) -> tuple[str, str]:
    return str(row.get("dev")), str(row.get("parent")).partition(":")[0] + ":"


def _discipline(row: Object, shaper: Object) -> Read:
    """A queue, which sends no faster than the shaper that it stands in."""
    kind = text(row.get("kind"))
    incoming = kind in {"ingress", "clsact"}
    rate_bytes = _rate(row) or _rate(shaper)
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


def _rate(row: Object) -> int | None:
    """Bytes a second, as `tbf` has it."""
    return count(inner(row, "options").get("rate"))


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
            if isinstance(fact, QueueCounters)
            and (fact.scheduler in _CLASSFUL or _CLASS_NAME.fullmatch(fact.queue))
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
