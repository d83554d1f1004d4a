"""Cumulus Linux's multi-chassis link aggregation (clagd)."""

from __future__ import annotations

from typing import Final, Literal

from netdoctor.model.facts import MlagDomain
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, documents, inner, on_request
from netdoctor.platforms.values import flag, text

_ROLES: Final[dict[str, Literal["primary", "secondary"]]] = {"primary": "primary", "secondary": "secondary"}


@command(
    "net show clag json",
    area="lag",
    gives=(MlagDomain,),
    arguments=on_request,
    aliases=(
        "clagctl -j",
        'if {test} -f "/etc/default/clagd" {then*} net show clag json; else echo {other*}',
    ),
)
def domain(output: str) -> Read:
    """The pair of switches; `{}` where clagd does not run."""
    for document in documents(output):
        status = inner(document, "status")
        if not status:
            yield EMPTY
            continue
        conflicts = [
            f"{name}: {reason}"
            for name in inner(document, "clagIntfs")
            if (reason := text(inner(document, "clagIntfs", name).get("conflicts")))
        ]
        yield MlagDomain(
            domain=text(status.get("sysMac")) or "clag",
            peer_up=flag(status.get("peerAlive")),
            peer_address=text(status.get("peerIp")),
            peer_link=text(status.get("peerIf")),
            keepalive_up=flag(status.get("backupActive")),
            consistent=not conflicts,
            reason=text(status.get("backupReason")) or "; ".join(conflicts) or None,
            role=_ROLES.get(str(status.get("ourRole"))),
        )
