"""Counters of dropped packets: the forwarding chips' own, and control-plane policing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.arista_eos.reading import Object, Read, document, each, objects
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, text


@command(
    "show hardware counter drop | json",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    aliases=("show hardware counter drop rates | json",),
)
def hardware(output: str) -> Read:
    """What each chip dropped, by its own name for the reason. Chips without such counters give none."""
    yield from each(document(output), "dropEvents", _chip)


def _chip(chip: str, entry: Object) -> Iterator[DropCounter]:
    totals: dict[str, int | None] = {}
    for _, event in objects(entry.get("dropEvent")):
        if name := text(event.get("counterName")):
            totals[name] = (totals.get(name) or 0) + (count(event.get("dropCount")) or 0)
    for name, dropped in totals.items():
        yield DropCounter(kind="asic", name=f"{chip} {name}", dropped_pkts=count(dropped))


_CLASS = re.compile(r"Class-map: ?(\S{1,80})")
_COUNTER = re.compile(r"(Out|Drop)(?: Packets)? ?: ?(\d{1,19})\b", re.IGNORECASE | re.ASCII)


@command("show policy-map interface control-plane", area="copp", gives=(DropCounter,), sampled=True)
def policing(output: str) -> Read:
    """What each control-plane class let through and dropped (EOS user manual, Traffic Management)."""
    name, counters = "", dict[str, int]()
    for line in output.splitlines():
        if found := _CLASS.search(line):
            yield from _class(name, counters)
            name, counters = found[1], {}
        elif counted := _COUNTER.search(line):
            word = counted[1].lower()
            counters[word] = counters.get(word, 0) + int(counted[2])
    yield from _class(name, counters)


def _class(name: str, counters: dict[str, int]) -> Iterator[DropCounter]:
    if name and counters:
        yield DropCounter(
            kind="copp",
            name=name,
            dropped_pkts=count(counters.get("drop")),
            conformed_pkts=count(counters.get("out")),
        )
