"""BFD sessions (RFC 5880)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import BfdSession
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import vrf_of
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
    seconds,
    sections,
    told_in,
    tree,
    whole,
)
from netdoctor.platforms.values import duration_s, number

_STATES: dict[str, Literal["up", "down", "init", "admin_down"]] = {
    "up": "up",
    "down": "down",
    "failing": "down",
    "init": "init",
    "admindown": "admin_down",
}
_DIAGNOSTICS = {
    "none": "none",
    "ctlexpire": "control_detection_time_expired",
    "echofail": "echo_function_failed",
    "nbrsignal": "neighbor_signaled_session_down",
    "fwdplanereset": "forwarding_plane_reset",
    "pathdown": "path_down",
    "concatpathdown": "concatenated_path_down",
    "admindown": "administratively_down",
    "revconcatpathdown": "reverse_concatenated_path_down",
}


@query(
    "show bfd session extensive",
    also=("show bfd session", "show bfd session {rest*}", "get-bfd-session-information[ {rest*}]"),
    area="bfd",
    gives=(BfdSession,),
)
def sessions(output: str) -> Read:
    """Every session. Junos writes intervals in seconds."""
    found = tree(output)
    if found is None:
        known = re.search(
            r"^\s*Address +State +Interface|^\s*\d+ sessions?, |bfd subsystem", output, re.M | re.I
        )
        yield from or_empty(each(_in_text(output), _session), known is not None)
        return
    known_roots = roots(found, "bfd-session-information")
    if not known_roots:
        raise NotUnderstood("no 'bfd-session-information'")
    yield from or_empty(
        each((one for _, root in known_roots for one in nodes(root, "bfd-session")), _session), known=True
    )


def _session(found: Node) -> Iterator[BfdSession]:
    peer = leaf(found, "session-neighbor")
    if not peer:
        raise ValueError("a session without a neighbour")
    clients = nodes(found, "bfd-client")
    state = _STATES.get((leaf(found, "session-state") or "").lower())
    yield BfdSession(
        vrf=vrf_of(leaf(found, "routing-instance") or leaf(found, "session-routing-instance")),
        peer=peer,
        interface=leaf(found, "session-interface"),
        session_state=state,
        diagnostic=_diagnostic(leaf(found, "local-diagnostic")),
        remote_diagnostic=_diagnostic(leaf(found, "remote-diagnostic")),
        up_for_s=_age(found, "session-up-time") if state == "up" else None,
        down_for_s=_age(found, "session-down-time") if state != "up" else None,
        tx_interval_ms=_ms(leaf(found, "session-transmission-interval")),
        rx_interval_ms=_ms(_receive(found, clients)),
        multiplier=whole(found, "session-adaptive-multiplier"),
        clients=_named(clients),
    )


def _named(clients: list[Node]) -> tuple[str, ...] | None:
    """`OSPF realm ospf-v2 Area 0.0.0.0` is the client OSPF."""
    names = (name.partition(" realm ")[0] for one in clients if (name := leaf(one, "client-name")))
    return tuple(dict.fromkeys(names)) or None


def _receive(found: Node, clients: list[Node]) -> str | None:
    """How often the neighbour is to send: what has been adapted, else what was asked for."""
    names = ("adaptive-reception-interval", "minimum-reception-interval")
    asked = [leaf(one, "client-reception-interval") for one in clients]
    return next(filter(None, [*(leaf(found, name) for name in names), *asked]), None)


def _diagnostic(said: str | None) -> str | None:
    return _DIAGNOSTICS.get(said.lower().replace(" ", ""), said.lower()) if said else None


def _age(found: Node, name: str) -> float | None:
    age = seconds(found, name)
    return duration_s(leaf(found, name)) if age is None else age


def _ms(said: str | None) -> float | None:
    value = number(said)
    return None if value is None else round(value * 1000.0, 3)


_ROW = re.compile(
    r"^[ \t]*(?P<peer>[\da-fA-F][\da-fA-F.:]*[.:][\da-fA-F.:%\w/-]*)\s+(?P<state>Up|Down|Init|"
    r"AdminDown|Failing)\b +(?:(?P<interface>[a-z][\w/:-]*(?:\.\d+)?) +)?"
    r"(?P<detect>\d+\.\d+) +(?P<transmit>\d+\.\d+) +(?P<multiplier>\d+)[^\n]*",
    re.MULTILINE,
)
_CLIENT = re.compile(
    r"^[ \t]*Client (?P<name>[^,\n]+?), (?:[^\n]*?)TX interval (?P<tx>[\d.]+), RX interval (?P<rx>[\d.]+)",
    re.MULTILINE,
)
_FIELDS = {
    "session-up-time": re.compile(r"\bSession up time ([^\n,]+)"),
    "session-down-time": re.compile(r"\bSession down time ([^\n,]+)"),
    "local-diagnostic": re.compile(r"\bLocal diagnostic (\w+)"),
    "remote-diagnostic": re.compile(r"\bremote diagnostic (\w+)"),
    "remote-state": re.compile(r"\bRemote state (\w+)"),
    "adaptive-reception-interval": re.compile(r"\bAdaptive async TX interval [\d.]+, RX interval ([\d.]+)"),
    "minimum-reception-interval": re.compile(r"\bminimum RX interval ([\d.]+)"),
    "routing-instance": re.compile(
        r"\b(?:Routing instance|Logical system \S+, routing instance):? (\S+)", re.I
    ),
}


def _in_text(output: str) -> Iterator[Node]:
    for row, body in sections(output, _ROW):
        yield told_in(body, _FIELDS) | {
            "session-neighbor": row["peer"],
            "session-state": row["state"],
            "session-interface": row["interface"] or "",
            "session-transmission-interval": row["transmit"],
            "session-adaptive-multiplier": row["multiplier"],
            "bfd-client": [
                {"client-name": one["name"], "client-reception-interval": one["rx"]}
                for one in _CLIENT.finditer(body)
            ],
        }


_TRANSMISSION = re.compile(
    r"^[ \t]*Destination: (?P<peer>[^\s,]+), Protocol: BFD, Transmission interval: (?P<tx>\d+)[^\n]*",
    re.MULTILINE,
)


@query(
    "show ppm transmissions protocol bfd detail",
    also=("show ppm transmissions[ {rest*}]",),
    area="bfd",
    gives=(BfdSession,),
    arguments=on_request,
)
def transmissions(output: str) -> Read:
    """How often each session really sends, in milliseconds."""
    found = tree(output)
    if found is None:
        for row in _TRANSMISSION.finditer(output):
            yield BfdSession(peer=row["peer"], tx_interval_ms=number(row["tx"]))
        return
    sent = [one for _, root in roots(found, "ppm-transmissions") for one in nodes(root, "transmission-data")]
    for one in sent:
        if (peer := leaf(one, "ppm-destination") or leaf(one, "destination")) is not None:
            interval = leaf(one, "transmission-interval") or leaf(one, "ppm-transmission-interval")
            yield BfdSession(peer=peer, tx_interval_ms=number(interval))
