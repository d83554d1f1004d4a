"""FRR's shell: how its commands are written, and what it says of a daemon that does not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from netdoctor.model.facts import RoutingProcess

Protocol = Literal["bgp", "ospf", "isis", "bfd", "rib"]

PROTOCOLS: Final[dict[str, Protocol]] = {
    "zebra": "rib",
    "bgpd": "bgp",
    "ospfd": "ospf",
    "isisd": "isis",
    "bfdd": "bfd",
}
"""What each FRR daemon does, for those that we ask anything."""

_DEAD = re.compile(r"^(\w+d|zebra) is not running", re.MULTILINE)


def vtysh(show: str) -> str:
    """The command that asks FRR: `vtysh -c "show …"`."""
    return f'vtysh -c "{show}"'


def also(*shows: str) -> tuple[str, ...]:
    """The other ways to write FRR commands: single quotes, with sudo, or as typed into vtysh itself."""
    return tuple(
        written
        for show in shows
        for written in (f"vtysh -c '{show}'", f'sudo vtysh -c "{show}"', f"sudo vtysh -c '{show}'", show)
    ) + tuple(vtysh(show) for show in shows[1:])


def not_running(output: str) -> Iterator[RoutingProcess]:
    """The daemon that an answer says is dead or was never started."""
    found = _DEAD.search(output[:500])
    if found and found[1] in PROTOCOLS:
        yield RoutingProcess(protocol=PROTOCOLS[found[1]], name=found[1], running=False)
