"""TCP connections of the control plane, as ss(8) lists them."""

from __future__ import annotations

from typing import Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import TcpConnection
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, lines
from netdoctor.platforms.values import clean, count

State = Literal["established", "syn_sent", "syn_recv", "listen", "closing"]
_STATES: Final[dict[str, State]] = {
    "ESTAB": "established",
    "SYN-SENT": "syn_sent",
    "SYN-RECV": "syn_recv",
    "LISTEN": "listen",
    **dict.fromkeys(
        ("FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK", "CLOSING", "UNCONN"), "closing"
    ),
}


@command(
    'ss -t -n -a "( sport = :179 or dport = :179 )"',
    area="bgp",
    gives=(TcpConnection,),
    aliases=("ss -H -t -n -a", "ss -t -n -a", "ss -tan", "ss -tna", "ss -Htan", "ss -ant"),
)
def connections(output: str) -> Read:
    """State, queues, local and remote end. The titles in front tell an empty list from no answer."""
    nothing = True
    for number, line in lines(output):
        cells = clean(line).split()
        if cells[0] == "State":
            yield EMPTY
            continue
        found = _connection(cells) if len(cells) >= 5 else None
        nothing = False
        yield found or Note(text=clean(line.strip()[:120]), line=number)
    if nothing and output.strip():
        yield EMPTY


def _connection(cells: list[str]) -> TcpConnection | None:
    state = _STATES.get(cells[0])
    (local, local_port), (remote, remote_port) = _end(cells[3]), _end(cells[4])
    if state is None or local_port is None or remote_port is None:
        return None
    return TcpConnection(
        local_address=local,
        local_port=local_port,
        remote_address=remote,
        remote_port=remote_port,
        state=state,
    )


def _end(word: str) -> tuple[str, int | None]:
    """Address and port in `10.0.1.0:179`, `[fe80::1]%eth2:179`, `[::]:*` (any port is 0)."""
    address, _, port = word.rpartition(":")
    return address.replace("[", "").replace("]", ""), 0 if port == "*" else count(port)
