"""BFD sessions as FRR's bfdd tells them (RFC 5880)."""

from __future__ import annotations

from typing import Final, Literal

from netdoctor.model.facts import BfdSession, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, listed
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, number, text

State = Literal["up", "down", "init", "admin_down"]
_STATES: Final[dict[str, State]] = {"up": "up", "down": "down", "init": "init", "shutdown": "admin_down"}


@command(
    vtysh("show bfd peers json"),
    area="bfd",
    gives=(BfdSession, RoutingProcess),
    privileged=True,
    aliases=also(
        "show bfd peers json",
        "show bfd[ vrf {vrf}] peers[ brief| counters] json",
        "show bfd peer {peer} json",
    ),
)
def peers(output: str, peer: str | None = None) -> Read:
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        entries = (entry for document in documents(output) for entry in listed(document))
        yield from each((entry for entry in entries if isinstance(entry, dict)), _peer)


def _peer(entry: Object) -> Read:
    status = state(entry.get("status"))
    yield BfdSession(
        vrf=text(entry.get("vrf")) or "default",
        peer=clean(entry["peer"]),
        interface=text(entry.get("interface")),
        session_state=status,
        diagnostic=diagnostic(entry.get("diagnostic")),
        remote_diagnostic=diagnostic(entry.get("remote-diagnostic")),
        up_for_s=number(entry.get("uptime")) if status == "up" else None,
        down_for_s=number(entry.get("downtime")) if status == "down" else None,
        tx_interval_ms=number(entry.get("transmit-interval")),
        rx_interval_ms=number(entry.get("receive-interval")),
        multiplier=count(entry.get("detect-multiplier")),
    )


def state(value: object) -> State | None:
    """The state of RFC 5880 §6.8.1 in bfdd's words; `shutdown` is AdminDown."""
    return _STATES.get(str(value).lower())


def diagnostic(value: object) -> str | None:
    """RFC 5880 §4.1's words, `control_detection_time_expired`; bfdd's `ok` is `none`."""
    found = text(value)
    if found is None:
        return None
    return "none" if found == "ok" else found.lower().replace(" ", "_")
