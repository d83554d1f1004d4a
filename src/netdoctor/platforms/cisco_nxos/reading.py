"""How NX-OS answers are read: JSON of `TABLE_x` and `ROW_x`, and text.

A `ROW_x` is an object when there is one row and a list when there are several, also within one answer; a
`TABLE_x` may be a list too. Numbers come as strings. An empty table drops its key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Interface
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.cisco_nxos.names import normalise_interface
from netdoctor.platforms.values import clean, count, text

Object = dict[str, Any]
Read = Iterable[Fact | Note]

J = " | json[-pretty][ native]"
"""How a structured answer is asked for, in aliases."""

_KINDS = (
    "Ethernet",
    "ethernet",
    "eth",
    "port-channel",
    "Vlan",
    "vlan",
    "loopback",
    "mgmt",
    "nve",
    "Tunnel",
    "fc",
)


def on_one(before: str, behind: str = "") -> tuple[str, ...]:
    """A command on one interface, for aliases: an interface is none of the keywords that may stand there."""
    return tuple(f"{before} {kind}[ ]{{interface}}{behind}" for kind in _KINDS)


TABLE_LIMIT = 20_000
_DECODER = json.JSONDecoder()
_NOTHING = frozenset({"--", "-", "not advertised", "address not advertised", "not applicable", "n/a", "null"})
_ODD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_SAYS_NONE = re.compile(
    r"^ {0,20}(?:(?:note|error): {0,4})?(?:no neighbou?rs?\b"
    r"|no [\w-]+(?: [\w-]+){0,5} (?:found|present|configured"
    r"|available|exists?)\b|process currently not running|\w+(?: \w+){0,3} not running"
    r"|total entries displayed: {0,4}0\b|route not found|no (?:lldp|cdp|neighbou?r) information)",
    re.I | re.M,
)


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def without_json(facts: Sequence[Fact]) -> tuple[Mapping[str, str], ...]:
    """Arguments of a command in text, sent where the device does not know `| json`.

    Nexus 5000, 6000 and 7000 of older releases do not. Whoever answers at all, and not `show interface
    | json`, is one of them.
    """
    knows = not facts or any(isinstance(fact, Interface) for fact in facts)
    return () if knows else ({},)


def structured(output: str) -> bool:
    """True when an answer is JSON."""
    return output.lstrip()[:1] in {"{", "["}


def document(output: str) -> Object:
    """The JSON object in an answer; `{}` in a blank one, and where words say that there is nothing to tell.

    Raises NotUnderstood. What stands before the first brace (an echo, a warning) is skipped.
    """
    if not output.strip() or ("{" not in output and says_none(output)):
        return {}
    try:
        found, _ = _DECODER.raw_decode(output, max(output.find("{"), 0))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise NotUnderstood("not a JSON object")
    body = found.get("body")
    return body if isinstance(body, dict) else found


def rows(found: Any, name: str) -> list[Object]:
    """The rows of the table `TABLE_name`, however NX-OS packs them; `[]` where there is no such table."""
    tables = found.get(f"TABLE_{name}") if isinstance(found, dict) else None
    packed: list[Any] = [table.get(f"ROW_{name}") for table in _listed(tables) if isinstance(table, dict)]
    return [row for part in packed for row in _listed(part) if isinstance(row, dict)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def table(
    output: str, name: str, read: Callable[[Object], Read], *ways: str, none: str = ""
) -> Iterator[Fact | Note]:
    """What `read` makes of each row of a table of an answer; an odd row becomes a note.

    `ways` are tables around it. Yields EMPTY when the answer is well-formed and has no such table; raises
    NotUnderstood where it has others.
    """
    found = document(output)
    if not found:
        if output.strip():
            yield EMPTY
        return
    here = [found]
    for way in ways:
        here = [row for one in here for row in rows(one, way)]
    yield from over([row for one in here for row in rows(one, name)], read, found, none or name)


def over(
    here: Sequence[Object], read: Callable[[Object], Read], found: Object, name: str
) -> Iterator[Fact | Note]:
    """What `read` makes of rows; EMPTY when there are none and nothing else was told."""
    for row in here:
        try:
            yield from read(row)
        except _ODD as error:
            yield Note(text=clean(f"{next(iter(row.values()), '')}: {error!r}")[:200])
    if not here:
        others = [key for key in found if key.startswith("TABLE_")]
        if others and not any(key.startswith(("TABLE_vrf", "TABLE_ctx", f"TABLE_{name}")) for key in others):
            raise NotUnderstood(clean(f"no TABLE_{name} in {', '.join(others[:6])}"))
        yield EMPTY


def said(value: Any) -> str | None:
    """Text that says something; None also for NX-OS's `--` and `not advertised`."""
    if isinstance(value, str):
        return _telling(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


@lru_cache(maxsize=4096)
def _telling(value: str) -> str | None:
    found = text(value)
    return None if found is None or found.lower() in _NOTHING else found


def port(value: Any) -> str | None:
    """An interface in its long form."""
    found = said(value)
    return normalise_interface(found) if found else None


def named(value: Any) -> str:
    """An interface in its long form. Raises ValueError where there is none."""
    found = port(value)
    if not found:
        raise ValueError("no interface")
    return found


def up(value: Any) -> bool | None:
    """True for `up`, False for any other state, None for none."""
    found = said(value)
    return found.lower() in {"up", "connected", "link-up"} if found else None


def number_in(value: Any) -> float | None:
    """The first number in a value such as ` 98 W`, `12.01V` or `92  `."""
    found = re.search(r"-?\d+(?:\.\d+)?", str(value), re.ASCII) if value is not None else None
    return float(found[0][:40]) if found else None


def bits(value: Any) -> float | None:
    """A rate in bits a second, as NX-OS counts them."""
    found = count(value)
    return None if found is None else float(found)


def says_none(output: str) -> bool:
    """True when an answer in words says that there is nothing to tell."""
    return bool(_SAYS_NONE.search(output[:4000]))


def bounded(found: Iterable[Fact | Note], what: str) -> Iterator[Fact | Note]:
    """The first of what may be a whole Internet table, and a note where there is more."""
    for number, item in enumerate(found):
        if number >= TABLE_LIMIT:
            yield Note(text=f"more than {TABLE_LIMIT} {what}: the rest was not read")
            return
        yield item
