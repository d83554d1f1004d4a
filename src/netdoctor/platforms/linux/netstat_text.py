"""Interfaces and routes, as net-tools print them: `netstat -i`, `netstat -rn`, `route`."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from netdoctor.model.facts import Interface, Route
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.values import clean, count, is_ip

_ROW: Final = re.compile(
    r"^ *(?P<name>[^\s:]+) +(?P<mtu>\d+) +(?:\d+ +)??(?P<numbers>\d+(?: +\d+){7}) +(?P<flags>[A-Za-z]+) *$",
    re.MULTILINE,
)


@command(
    "netstat -i",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("netstat -in", "netstat -ia", "netstat -ian"),
)
def interfaces(output: str) -> Read:
    """Four counters an interface received and four sent; the flag `R` is running, `U` up."""
    for row in _ROW.finditer(clean(output)):
        numbers = [count(word) for word in row["numbers"].split()]
        yield Interface(
            interface=row["name"],
            mtu_bytes=int(row["mtu"]),
            admin_up="U" in row["flags"],
            oper_up="R" in row["flags"] and "U" in row["flags"],
            in_pkts=numbers[0],
            in_errors_count=numbers[1],
            in_discards_count=numbers[2],
            out_pkts=numbers[4],
            out_errors_count=numbers[5],
            out_discards_count=numbers[6],
        )


_ROUTE: Final = re.compile(
    r"^ *(?P<to>default|[\d.]+) +(?P<gateway>\S+) +(?P<mask>\d+(?:\.\d+){3}) +(?P<flags>[A-Z!]+)"
    r" +(?P<first>\d+|-) +(?:\d+|-) +(?:\d+|-)(?: +(?P<port>\S+))? *$",
    re.MULTILINE,
)


@command(
    "route -n",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=("route", "route -n -4", "netstat -rn", "netstat -r", "netstat -nr"),
)
def routes(output: str) -> Read:
    """The kernel's IPv4 table. `!` is a route that rejects, `D` and `M` ones that an ICMP redirect made."""
    metrics = "Metric" in output
    for row in _ROUTE.finditer(clean(output)):
        to = "0.0.0.0" if row["to"] == "default" else row["to"]  # noqa: S104 - the default route's prefix
        gateway = row["gateway"] if is_ip(row["gateway"]) else None
        connected = "G" not in row["flags"] and "!" not in row["flags"]
        port = row["port"] if row["port"] not in {None, "-"} else None
        yield Route(
            prefix=str(ipaddress.ip_network(f"{to}/{row['mask']}", strict=False)),
            protocol="connected" if connected else "kernel",
            next_hops=() if connected or gateway is None else (gateway,),
            out_interfaces=(port,) if port else (),
            discard="!" in row["flags"],
            metric=count(row["first"]) if metrics else None,
            active=True,
            programmed=True,
        )
    if "Kernel IP routing table" in output:
        yield EMPTY
