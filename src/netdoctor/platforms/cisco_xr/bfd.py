"""BFD sessions (RFC 5880), in the table and in full."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BfdSession
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, found_in, on_request, said
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import is_ip, number, text

_SESSION = re.compile(
    r"^ *I/f: *(?P<interface>[^\s,]+)[^\n]*(?:\n *(?!Dest:)[^\n]{0,200}){0,3}\n *Dest: *"
    r"(?P<peer>[0-9A-Fa-f:.]+)|"
    r"^ *Dest: *(?P<alone>[0-9A-Fa-f:.]+)",
    re.M,
)
_VRF = re.compile(r"\bVRF(?: Name)?: *([^\s,]+)")
_STATE = re.compile(r"^ *State: *(?P<state>[A-Z_ ]+?)(?: for (?P<age>[\w:]+))?(?:,|$)", re.M)
_SENT = re.compile(r"Transmitted parameters:.*?diag: *([^\n]+)", re.S)
_RECEIVED = re.compile(r"Received parameters:.*?diag: *([^\n]+)", re.S)
_TX = re.compile(r"Local negotiated async tx interval: *([\d.]+) *(us|ms|s)\b")
_RX = re.compile(r"Remote negotiated async tx interval: *([\d.]+) *(us|ms|s)\b")
_DETECTION = re.compile(r"async detection time: *[\d.]+ *m?u?s *\(([\d.]+) *(us|ms|s) *\* *(\d+)\)")
_OWNERS = re.compile(r"^ *Client +Interval[^\n]*\n[ -]+\n(?P<rows>(?: +\S+ +\d[^\n]*\n?)+)", re.M)
_SCALES = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_STATES: dict[str, Any] = {
    "UP": "up",
    "DOWN": "down",
    "INIT": "init",
    "FAILING": "down",
    "ADMIN": "admin_down",
    "ADMINDOWN": "admin_down",
    "ADMIN_DOWN": "admin_down",
    "ADMIN DOWN": "admin_down",
}


@command(
    "show bfd all session detail",
    area="bfd",
    gives=(BfdSession,),
    aliases=(
        "show bfd session detail",
        "show bfd[ ipv4| ipv6| all] session detail",
        "show bfd[ ipv4| ipv6| all] session[ interface {interface}] destination {peer} detail",
        "show bfd[ ipv4| ipv6| all] session interface {interface*} detail",
    ),
)
def sessions(output: str) -> Read:
    if _ROW_HEAD.search(output) and not _SESSION.search(output):
        yield from table(output)
        return
    yield from each_block(output, _SESSION, _session)


def _session(block: Block) -> Read:
    peer = block.head["peer"] or block.head["alone"]
    if not is_ip(peer):
        raise ValueError("a session without a peer")
    state = _STATE.search(block.text)
    word = state["state"].strip() if state else ""
    age = _age_s(state["age"]) if state else None
    clients = _OWNERS.search(block.text)
    interface = block.head["interface"]
    yield BfdSession(
        vrf=first(_VRF, block.text) or DEFAULT_VRF,
        peer=peer,
        interface=normalise_interface(interface) if text(interface) else None,
        session_state=_STATES.get(word),
        diagnostic=_diagnostic(first(_SENT, block.text)),
        remote_diagnostic=_diagnostic(first(_RECEIVED, block.text)),
        up_for_s=age if word == "UP" else None,
        down_for_s=age if word != "UP" else None,
        clients=tuple(row.split()[0] for row in clients["rows"].splitlines() if row.split())
        if clients
        else None,
        **_timers(block.text),
    )


def _age_s(said_age: str | None) -> float | None:
    """Seconds in `0d:0h:5m:50s`."""
    parts = re.findall(r"(\d+)([wdhms])", said_age or "")
    scales = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
    return float(sum(int(amount) * scales[unit] for amount, unit in parts)) if parts else None


def _diagnostic(word: str | None) -> str | None:
    return None if word is None or word.strip().lower() in {"none", ""} else word.strip()


def _timers(block: str) -> dict[str, Any]:
    tx, rx, detection = _TX.search(block), _RX.search(block), _DETECTION.search(block)
    return {
        "tx_interval_ms": float(tx[1]) * _SCALES[tx[2]] if tx else None,
        "rx_interval_ms": float(rx[1]) * _SCALES[rx[2]] if rx else None,
        "multiplier": int(detection[3]) if detection else None,
    }


_ROW_HEAD = re.compile(r"^ *Interface +Dest Addr", re.M)
_TIME = r"(?:\d[\d.]*m?u?s(?:\([^)\n]{1,24}\))?|n/a)"
_STATE_WORD = r"(?P<state>UP|DOWN|INIT|FAILING|ADMIN[ _]?DOWN|ADMIN|UNKNOWN)"
_ROW = re.compile(
    rf"^(?P<interface>[A-Za-z][\w/.-]*\d|N/A|-) +"
    rf"(?P<peer>[0-9A-Fa-f:.]+)(?:[ \t]*\n[^\n]*?|[ \t]+){_TIME} +(?P<async>{_TIME}) +{_STATE_WORD}\b",
    re.M,
)
_ASYNC = re.compile(r"\(([\d.]+)(us|ms|s)\*(\d+)\)")


@command(
    "show bfd session",
    area="bfd",
    gives=(BfdSession,),
    arguments=on_request,
    aliases=(
        "show bfd sessions",
        "show bfd[ ipv4| ipv6| all] session",
        "show bfd[ ipv4| ipv6| all] session[ interface {interface}] destination {peer}",
        "show bfd[ ipv4| ipv6| all] session interface {interface*}",
    ),
)
def table(output: str) -> Read:
    """The sessions in a table; an IPv6 address puts the rest on the next line."""
    yield from found_in(map(_row, _ROW.finditer(said(output))), output)


def _row(found: re.Match[str]) -> BfdSession:
    interval = _ASYNC.search(found["async"])
    name = text(found["interface"])
    return BfdSession(
        peer=found["peer"],
        interface=normalise_interface(name) if name and name != "-" else None,
        session_state=_STATES.get(found["state"]),
        rx_interval_ms=(number(interval[1]) or 0.0) * _SCALES[interval[2]] if interval else None,
        multiplier=int(interval[3]) if interval else None,
    )
