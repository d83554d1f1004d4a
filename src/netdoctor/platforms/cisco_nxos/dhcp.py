"""DHCP relay (RFC 1542)."""

from __future__ import annotations

import re

from netdoctor.model.facts import DhcpRelay
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import Read, named
from netdoctor.platforms.text import Line, each, lines
from netdoctor.platforms.values import count, is_ip

_NAME = r"(?P<name>(?:Ethernet|Eth|Vlan|port-channel|Po|loopback|Bdi)\d[\d/.]*)"
_ROW = re.compile(rf"^ *{_NAME} +(?P<server>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+)(?: +(?P<vrf>\S+))?")
_STATISTICS = re.compile(
    r"^ *(?P<what>Discover|Offer|Request\(?\*?\)?|Ack|Nack|Decline|Release\S*|Inform\S*|Total) +"
    r"(?P<rx>\d+) +(?P<tx>\d+) +(?P<drops>\d+)",
    re.I,
)


@command(
    "show ip dhcp relay",
    area="services",
    gives=(DhcpRelay,),
    targets_only=True,
    aliases=(
        "show ip dhcp relay[ address][ interface {interface*}]",
        "show ipv6 dhcp relay[ interface {interface*}]",
    ),
)
def relays(output: str, interface: str = "") -> Read:
    """Which interfaces relay to which servers; a row an interface and server."""
    servers: dict[str, list[str]] = {}
    enabled = re.search(r"DHCP relay service is +(enabled|disabled)", output, re.I)

    def read(line: Line) -> Read:
        if (found := _ROW.match(line.text)) and is_ip(found["server"]):
            servers.setdefault(named(found["name"]), []).append(found["server"])
        return ()

    yield from each(lines(output), read)
    for name, told in servers.items():
        yield DhcpRelay(
            interface=name,
            servers=tuple(dict.fromkeys(told)),
            enabled=enabled[1].lower() == "enabled" if enabled else None,
        )
    if not servers and (enabled or "Helper addresses" in output):
        yield EMPTY


@command(
    "show ip dhcp relay statistics",
    area="services",
    gives=(DhcpRelay,),
    sampled=True,
    targets_only=True,
    aliases=("show ip dhcp relay statistics[ interface {interface*}]",),
)
def statistics(output: str, interface: str = "") -> Read:
    """What the relay received, sent and dropped, all interfaces together."""
    told = {
        found["what"].lower().rstrip("(*)"): found
        for line in lines(output)
        if (found := _STATISTICS.match(line.text))
    }
    asked = [
        found
        for name, found in told.items()
        if name in {"discover", "request", "decline", "release", "inform"}
    ]
    answered = [found for name, found in told.items() if name in {"offer", "ack", "nack"}]
    if not told:
        if "DHCP" in output:
            yield EMPTY
        return
    yield DhcpRelay(
        interface=interface or "all",
        requests_count=_sum(asked, "rx"),
        replies_count=_sum(answered, "tx"),
        dropped_count=_sum([*asked, *answered], "drops"),
    )


def _sum(rows: list[re.Match[str]], column: str) -> int | None:
    return count(sum(int(found[column][:18]) for found in rows)) if rows else None
