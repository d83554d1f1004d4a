"""Interfaces as FRR's zebra tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, frr_time, inner
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, count, text

_UNKNOWN_SPEED_MBPS: Final = 2**32 - 1


@command(
    vtysh("show interface vrf all json"),
    area="interface",
    gives=(Interface,),
    privileged=True,
    aliases=also("show interface vrf all json", "show interface json"),
)
def interfaces(output: str, at: datetime | None = None) -> Read:
    """What zebra adds: description, speed, and since when a link is as it is.

    Its count of ups and downs is left alone: a new MTU is an «up» to it, and a short break none.
    """
    for document in documents(output):
        entries = ((name, entry, at) for name, entry in inner({"": document}, "").items())
        yield from each(entries, _interface)


def _interface(name: str, entry: Object, at: datetime | None) -> Read:
    speed_mbps = count(entry.get("speed"))
    changes = [moment for key in ("lastLinkUp", "lastLinkDown") if (moment := frr_time(entry.get(key)))]
    since_s = (at - max(changes)).total_seconds() if at and changes else None
    yield Interface(
        interface=clean(name),
        description=text(entry.get("description")),
        speed_bps=speed_mbps * 1_000_000 if speed_mbps and speed_mbps < _UNKNOWN_SPEED_MBPS else None,
        vrf=text(entry.get("vrfName")),
        last_change_s=since_s if since_s is not None and since_s >= 0 else None,
    )
