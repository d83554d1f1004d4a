"""BFD sessions (RFC 5880)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from netdoctor.model.facts import BfdSession
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    document,
    each_vrf,
    inner,
    listed,
    objects,
    seconds,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, number, text

STATES: dict[str, Literal["up", "down", "init", "admin_down"]] = {
    "up": "up",
    "down": "down",
    "init": "init",
    "admindown": "admin_down",
}
_TABLES = (
    "ipv4Neighbors",
    "ipv6Neighbors",
    "l2Neighbors",
    "ipv4ReflectorNeighbors",
    "ipv6ReflectorNeighbors",
)
_DIAGNOSTICS = {
    "none": "none",
    "no": "none",
    "detecttimeexpired": "control_detection_time_expired",
    "detecttimeexp": "control_detection_time_expired",
    "ctrldetecttimeexp": "control_detection_time_expired",
    "echofail": "echo_function_failed",
    "nbrsignaldown": "neighbor_signaled_session_down",
    "forwardplanereset": "forwarding_plane_reset",
    "pathdown": "path_down",
    "concatpathdown": "concatenated_path_down",
    "admindown": "administratively_down",
    "revconcatpathdown": "reverse_concatenated_path_down",
}


@command("show bfd peers detail | json", area="bfd", gives=(BfdSession,), aliases=("show bfd peers | json",))
def peers(output: str, at: datetime | None = None) -> Read:
    """Every session of every VRF. Intervals are microseconds in EOS, moments are dates."""
    yield from each_vrf(document(output), _TABLES, lambda vrf, entry: _sessions(vrf, entry, seconds(at)))


def _sessions(vrf: str, entry: Object, now_s: float | None) -> Iterator[BfdSession]:
    for family in _TABLES:
        for peer, found in objects(entry.get(family)):
            for place, stats in _stats(found):
                yield _session(vrf, peer, place, stats, now_s)


def _stats(found: Object) -> Iterator[tuple[str, Object]]:
    """The sessions of one peer by interface; newer trees put the kind of session between."""
    yield from objects(found.get("peerStats"))
    for interface, peer in objects(found.get("peers")):
        for _, kind in objects(peer.get("types")):
            yield from ((interface, stats) for _, stats in objects(kind.get("peerStats")))


def _session(vrf: str, peer: str, place: str, stats: Object, now_s: float | None) -> BfdSession:
    details = inner(stats, "peerStatsDetail")
    state = STATES.get((text(stats.get("status")) or "").lower())
    return BfdSession(
        vrf=vrf,
        peer=peer,
        interface=text(place) or text(stats.get("l3intf")),
        session_state=state,
        diagnostic=diagnostic(stats.get("lastDiag")),
        remote_diagnostic=diagnostic(details.get("remoteDiag")),
        up_for_s=age_s(stats.get("lastUp"), now_s) if state == "up" else None,
        down_for_s=age_s(stats.get("lastDown"), now_s) if state == "down" else None,
        tx_interval_ms=_milliseconds(details.get("operTxInterval")),
        rx_interval_ms=_milliseconds(details.get("operRxInterval")),
        multiplier=count(details.get("detectMult")),
        clients=tuple(sorted(filter(None, map(text, listed(details.get("apps")))))) or None,
    )


def diagnostic(value: Any) -> str | None:
    """`diagDetectTimeExp`, `Detect Time Expired` and the like in the words of RFC 5880 §4.1.

    Others are left as EOS writes them.
    """
    word = text(value)
    if word is None:
        return None
    plain = word.lower().replace("diagnostic", "").replace("diag", "").replace(" ", "")
    return _DIAGNOSTICS.get(plain or "none", word)


def _milliseconds(value: Any) -> float | None:
    microseconds = number(value)
    return microseconds / 1000 if microseconds else None
