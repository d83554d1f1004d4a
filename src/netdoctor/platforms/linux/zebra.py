"""Interfaces as FRR's zebra tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from netdoctor.model.facts import Interface, LogEvent
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, frr_time, inner
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, count, text

_UNKNOWN_SPEED_MBPS: Final = 2**32 - 1


@command(
    vtysh("show interface vrf all json"),
    area="interface",
    gives=(Interface, LogEvent),
    privileged=True,
    aliases=also("show interface vrf all json", "show interface json"),
)
def zebra_interfaces(output: str, at: datetime | None = None) -> Read:
    """What zebra adds: description, speed, and when a link last went up and down."""
    for document in documents(output):
        yield from each(
            ((name, entry, at) for name, entry in inner({"": document}, "").items()), _zebra_interface
        )


def _zebra_interface(name: str, entry: Object, at: datetime | None) -> Read:
    speed_mbps = count(entry.get("speed"))
    changes = {
        kind: moment
        for kind, key in (("link_up", "lastLinkUp"), ("link_down", "lastLinkDown"))
        if (moment := frr_time(entry.get(key)))
    }
    last = max(changes.values(), default=None)
    since_s = (at - last).total_seconds() if at and last else None
    yield Interface(
        interface=clean(name),
        description=text(entry.get("description")),
        speed_bps=speed_mbps * 1_000_000 if speed_mbps and speed_mbps < _UNKNOWN_SPEED_MBPS else None,
        vrf=text(entry.get("vrfName")),
        last_change_s=since_s if since_s is not None and since_s >= 0 else None,
    )
    for kind, moment in changes.items():
        word = kind.removeprefix("link_")
        yield LogEvent(
            at=moment,
            kind=kind,  # type: ignore[arg-type]  # link_up or link_down
            interface=clean(name),
            text=f"zebra: {clean(name)} last went {word}",
        )
