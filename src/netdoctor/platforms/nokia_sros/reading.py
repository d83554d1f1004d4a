"""How SR OS answers are read: titles that name a router, `Name : value` in two columns, tables of words.

A row of a table goes on in the lines below it where they are indented; `*` at a value's end says that it was
cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import EMPTY
from netdoctor.platforms.text import Read, each
from netdoctor.platforms.values import clean, count

__all__ = ["EMPTY", "Read", "each"]

_NEXT_COLUMN = re.compile(r" {2}(?=[A-Z][^:\n]{0,24} *:(?: |$))")
_TITLE = re.compile(
    r"\((?:Router|Service|Vprn): ?(?P<in>[^)\n]+)\)|\bRouter: \((?P<arp>[^)\n]+)\)"
    r"|^ ?Rtr (?P<rtr>\S+) (?:ISIS|OSPF|RIP|BFD)",
    re.M,
)
_NOTHING = frozenset(
    {
        "",
        "n/a",
        "none",
        "(not specified)",
        "not specified",
        "unspecified",
        "not-applicable",
        "unknown",
        "-",
        "(default)",
        "none specified / inherited",
    }
)
_NONE_THERE = re.compile(
    r"^(?:No (?:matching entries|matches found|entries found|records found|neighbors? found)"
    r"|(?:No\. of [\w ]+|Adjacencies|Interfaces|Neighbors shown|Number of neighbors|Routes|Total Lag-ids"
    r"|Entries found)"
    r" ?: ?0\b|No Matching Entries"
    r"|(?:MINOR|MAJOR|INFO): .*\b(?:is not (?:configured|enabled)|not configured on)\b)",
    re.M | re.I,
)


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def vrf_name(said: str | None) -> str:
    """`Base` is the default VRF; `vprn100` and `Svc: 100` are service 100's."""
    word = (said or "").strip().strip('"')
    word = re.sub(r"^(?:vprn|Svc: ?|service )(?=\d)", "", word, flags=re.I)
    return DEFAULT_VRF if word.lower() in {"", "base", "def. instance"} else word


def vrf_of(output: str, router: str = "") -> str:
    """The VRF that an answer's title names, else the one that the command names."""
    if found := _TITLE.search(output, 0, 4000):
        return vrf_name(found["in"] or found["arp"] or found["rtr"])
    return vrf_name(router)


def titled(output: str, router: str = "") -> Iterator[tuple[int, str, str]]:
    """The parts of an answer that stand under titles which name a router: the line, the VRF, the text.

    Without such a title it is of the router that the command names.
    """
    heads = list(_TITLE.finditer(output))
    if not heads:
        yield 1, vrf_name(router), output
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        name = vrf_name(head["in"] or head["arp"] or head["rtr"])
        text = output[head.start() : following.start() if following else len(output)]
        yield output.count("\n", 0, head.start()) + 1, name, text


def pairs(text: str) -> dict[str, str]:
    """`Name : value` by name in lower case, one or two to a line; the first of a name counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if ":" not in line:
            continue
        for part in _NEXT_COLUMN.split(line.strip()):
            name, _, value = part.partition(":")
            found.setdefault(_label(name), clean(value.strip()))
    return found


@lru_cache(maxsize=2048)
def _label(name: str) -> str:
    return " ".join(name.lower().split())


def said(value: str | None) -> str | None:
    """A value that says something; None for `N/A`, `None`, `(Not Specified)`, `-`."""
    found = (value or "").strip().strip('"')
    return None if found.lower() in _NOTHING else found


def yes(value: str | None) -> bool | None:
    """True for `Up`, `enabled`, `Yes`; False for their contraries."""
    word = (value or "").strip().lower()
    if word in {"up", "yes", "enabled", "enable", "true", "on", "link up", "in-service", "inservice"}:
        return True
    return False if word in {"down", "no", "disabled", "disable", "false", "off", "outofservice"} else None


def number_of(value: str | None) -> int | None:
    """A whole number with or without separators of thousands, and the unit behind it."""
    found = re.match(r"\s*(\d[\d,]*)", value or "", re.ASCII)
    return count(found[1].replace(",", "")) if found else None


_DATES = (
    (re.compile(r"(\d{4})/(\d\d)/(\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)"), (0, 1, 2)),
    (re.compile(r"(\d\d)/(\d\d)/(\d{4}|\d\d)[ T](\d\d:\d\d:\d\d)"), (2, 0, 1)),
)


def moment(value: str | None) -> datetime | None:
    """A date as SR OS writes it: `10/20/2024 15:55:43` (month first), `2024/10/20 15:55:43`, RFC 3339."""
    text = (value or "").strip()
    if not text:
        return None
    try:
        if re.match(r"\d{4}-\d\d-\d\dT", text):
            iso = re.sub(r"\.(\d{1,6})\d*", lambda part: f".{part[1]:0<6}", text)
            told = datetime.fromisoformat(iso)
            return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
        for pattern, (year, month, day) in _DATES:
            if found := pattern.search(text):
                parts = found.groups()
                full = int(parts[year]) + (2000 if len(parts[year]) == 2 else 0)
                whole, _, fraction = parts[3].partition(".")
                clock = time.fromisoformat(f"{whole}.{fraction[:6]:0<6}")
                return datetime.combine(date(full, int(parts[month]), int(parts[day])), clock, UTC)
    except ValueError:
        return None
    return None


def since_s(value: str | None, at: datetime | None) -> float | None:
    """Seconds from a date to the time of the answer; None for a date that is later, or long past."""
    found = moment(value)
    if found is None or at is None or found > at or found.year < 1990:
        return None
    return (at - found).total_seconds()


def unless_none(output: str, facts: Iterator[Fact | Note]) -> Iterator[Fact | Note]:
    """The facts; EMPTY where there are none and the answer says so itself."""
    nothing = True
    for fact in facts:
        nothing = False
        yield fact
    if nothing and says_none(output):
        yield EMPTY


def says_none(output: str) -> bool:
    """True for an answer that says itself that there is nothing to tell."""
    return bool(_NONE_THERE.search(output))


def sensor_state(word: str | None) -> Literal["ok", "absent", "warning", "failed"] | None:
    """SR OS's word for how a fan, a power supply or a module does."""
    found = (word or "").strip().lower()
    if not found or found == "n/a":
        return None
    if re.match(r"up\b|ok\b|in-?service|within|normal|good|inservice", found):
        return "ok"
    if re.search(r"not (?:equipped|present|provisioned)|none|absent|unequipped|empty|removed", found):
        return "absent"
    return (
        "failed" if re.search(r"fail|down|fault|critical|out of service|outofservice", found) else "warning"
    )
