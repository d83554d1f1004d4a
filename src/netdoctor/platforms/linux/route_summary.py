"""How many routes there are, by FRR's count (`show ip route summary`)."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import TableUse
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Read, documents, inner, on_request
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, count


@command(
    vtysh("show ip route vrf all summary json"),
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=also(
        "show ip route vrf all summary json",
        "show ip route[ vrf {vrf}] summary json",
        "show {family} route[ vrf {vrf}] summary json",
    ),
)
def summary(output: str, vrf: str | None = None, family: str = "ip") -> Read:
    """How many routes each VRF has, and how many of them the kernel took."""
    for document in documents(output):
        tables = document if isinstance(document, dict) else {}
        tables = {vrf or "default": tables} if "routesTotal" in tables else tables
        for name in tables:
            found = inner(tables, name)
            label = f"{'ipv6' if family == 'ipv6' else 'ipv4'} routes {clean(name)}"
            if "routesTotal" in found:
                yield TableUse(table=label, used_count=count(found["routesTotal"]))
                yield TableUse(
                    table=label.replace("routes", "fib"), used_count=count(found.get("routesTotalFib"))
                )


_TOTALS: Final = re.compile(r"^ *Totals +(?P<rib>\d+) +(?P<fib>\d+)", re.MULTILINE)
_SOURCE: Final = re.compile(r"^ *Route Source .*?(?:\(vrf (?P<vrf>[^)]+)\))?\s*$", re.MULTILINE)


@command(
    vtysh("show ip route vrf all summary"),
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=also(
        "show ip route vrf all summary",
        "show ip route[ vrf {vrf}] summary",
        "show {family} route[ vrf {vrf}] summary",
    ),
)
def summary_text(output: str, vrf: str | None = None, family: str = "ip") -> Read:
    """The same in words: a table a VRF, its totals last; of several ASICs the place stands before it."""
    version = "ipv6" if family == "ipv6" else "ipv4"
    for part in re.split(r"(?m)^(?=\S+: *$)", clean(output)):
        place = re.match(r"(\S+): *\n", part)
        prefix = f"{place[1]} " if place else ""
        for named, totals in zip(_SOURCE.finditer(part), _TOTALS.finditer(part), strict=False):
            name = named["vrf"] or (vrf if vrf != "all" else None) or "default"
            yield TableUse(table=f"{prefix}{version} routes {name}", used_count=count(totals["rib"]))
            yield TableUse(table=f"{prefix}{version} fib {name}", used_count=count(totals["fib"]))
