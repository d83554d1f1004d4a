"""How many routes the routing table holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, TableUse
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, titled, unless_none
from netdoctor.platforms.values import count

_TOTAL = re.compile(r"^Total +(?P<active>\d+)(?: +(?P<available>\d+))? *$", re.M)

_ROUTES_MAX: Final = 4000
"""A table with more routes is not asked for as a whole: a router of the Internet has a million."""


def when_small(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """Once, where the summary told that the base router's table is no large one."""
    told = (
        fact for fact in facts if isinstance(fact, TableUse) and fact.table == f"ipv4 routes {DEFAULT_VRF}"
    )
    return ({} for fact in itertools.islice(told, 1) if (fact.used_count or 0) <= _ROUTES_MAX)


@command(
    "show router route-table summary",
    area="forwarding",
    gives=(TableUse,),
    aliases=(
        "show router[ {router}] route-table[ {family}] summary",
        "show router[ {router}] route-table summary {family}",
        'show router "{router}" route-table[ {family}] summary',
        "show router[ {router}] fib {slot} summary[ {family}]",
    ),
)
def summary(output: str, router: str = "", family: str = "", slot: str = "") -> Read:
    """The active routes of each router instance and family."""
    yield from unless_none(output, _totals(output, router, family))


def _totals(output: str, router: str, family: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output, router):
        version = "ipv6" if "IPv6" in text.partition("\n")[0] or family == "ipv6" else "ipv4"
        if total := _TOTAL.search(text):
            yield TableUse(table=f"{version} routes {vrf}", used_count=count(total["active"]))
