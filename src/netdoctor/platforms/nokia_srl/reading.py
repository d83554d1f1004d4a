"""How SR Linux answers are read: boxed tables whose cells are wrapped, `Name : value`, YANG as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.nokia_srl.braces import is_braces, tree
from netdoctor.platforms.text import Read, Row, each
from netdoctor.platforms.values import clean, count

__all__ = ["Object", "Read", "Row", "boxed", "each", "fields", "inner", "on_request", "placed", "rows"]

Object = dict[str, Any]

_NOTHING: Final = frozenset({"", "-", "n/a", "none", "<none>", "not-applicable", "na"})
_RULE: Final = re.compile(r"^\s*\+[=+-]{3,}[+|]?\s*$")


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def vrf_name(word: str | None) -> str:
    """The network instance `default` is the default VRF."""
    return (word or "").strip().strip('"') or DEFAULT_VRF


def said(value: Any) -> str | None:
    """Text that says something; None for `None`, `N/A`, `<None>`, `-`."""
    found = clean(value).strip() if isinstance(value, str) else ""
    return None if found.lower() in _NOTHING else found


def bare(value: Any) -> str | None:
    """An identity without its module: `ipv4-unicast` of `srl_nokia-common:ipv4-unicast`."""
    found = said(value)
    return found.rpartition(":")[2] if found and re.match(r"srl_nokia", found) else found


def up(value: Any) -> bool | None:
    """True for `up`, `enable`, `true`; False for their contraries."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in {"up", "enable", "enabled", "true", "yes"}:
        return True
    return False if word in {"down", "disable", "disabled", "false", "no", "empty", "failed"} else None


def moment(value: Any) -> datetime | None:
    """A time of RFC 3339, in UTC."""
    text = value.strip() if isinstance(value, str) else ""
    found = re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?", text)
    if not found:
        return None
    try:
        told = datetime.fromisoformat(re.sub(r"\.(\d{1,6})\d*", lambda part: f".{part[1]:0<6}", found[0]))
    except ValueError:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


_AGO: Final = re.compile(
    r"(?P<number>\d{1,6}|an?) (?P<unit>second|minute|hour|day|week|month|year)s? ago", re.ASCII
)
_UNITS_S: Final = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0,
    "year": 31_557_600.0,
}  # fmt: skip


def since_s(value: Any, now: datetime | None) -> float | None:
    """Seconds from a time to the answer, also in `20 minutes ago`; None for a time that is later."""
    if isinstance(value, str) and (found := _AGO.fullmatch(value.strip())):
        return _UNITS_S[found["unit"]] * (float(found["number"]) if found["number"].isdigit() else 1.0)
    then = moment(value)
    return (now - then).total_seconds() if then and now and then <= now else None


def fields(text: str) -> dict[str, str]:
    """`Name : value` lines by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.lstrip()[:1] in {"|", "+"}:
            continue
        name, parted, value = line.partition(":")
        if parted and name.strip():
            found.setdefault(" ".join(name.split()).lower(), clean(value.strip()))
    return found


def number_of(value: str | None) -> int | None:
    """The whole number at the start of a value."""
    found = re.match(r"\s*(\d+)", value or "", re.ASCII)
    return count(found[1]) if found else None


def squeezed(name: str) -> str:
    """A column's name without what wrapping may have put into it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def boxed(output: str) -> Iterator[Row]:
    """The rows of every boxed table, by squeezed names of columns; what was wrapped is joined again.

    A line goes on the row above it when its first cell is blank and others are too, or when a cell that the
    row has is blank here and no cell would have had room behind the one above it.
    """
    table = _Table()
    for number, line in enumerate(output.splitlines(), 1):
        cells = [] if _RULE.match(line) else _cells(line)
        if cells and not table.in_head:
            yield from table.line(number, cells)
            continue
        yield from table.end()
        if cells:
            table.heads.append(cells)
        elif _RULE.match(line):
            yield from table.rule(number, "=" in line)
    yield from table.end()


class _Table:
    """A boxed table as it is read: its head stands between a rule of dashes and one of equals signs."""

    def __init__(self) -> None:
        self.in_head = False
        self.heads: list[list[str]] = []
        self._names: list[str] = []
        self._row: Row | None = None
        self._above: list[str] = []

    def rule(self, number: int, ends_head: bool) -> Iterator[Row]:
        """What a rule ends: the head, the table, or a table whose head no rule of its own ends."""
        if ends_head:
            self._names = _names(self.heads)
        elif self.in_head and len(self.heads) > 1:
            names = _names(self.heads[:1])
            first = number - len(self.heads)
            for at, cells in enumerate(self.heads[1:], 1):
                texts = [cell.strip() for cell in cells]
                yield Row(first + at, dict(zip(names, texts, strict=False)))
        self.in_head, self.heads = not ends_head, []

    def line(self, number: int, cells: list[str]) -> Iterator[Row]:
        if not self._names or len(cells) < 2:
            return
        if self._row is not None and _goes_on(self._row, self._names, cells, self._above):
            _join(self._row, self._names, cells, self._above)
            pairs = zip(cells, self._above, strict=False)
            self._above = [cell if cell.strip() else before for cell, before in pairs]
            return
        yield from self.end()
        texts = [cell.strip() for cell in cells]
        self._row, self._above = Row(number, dict(zip(self._names, texts, strict=False))), cells

    def end(self) -> Iterator[Row]:
        if self._row:
            yield self._row
        self._row = None


def _cells(line: str) -> list[str]:
    """The cells between the bars, with one blank taken away at either side."""
    text = line.strip()
    if not text.startswith("|"):
        return []
    closed = text if text.endswith("|") else f"{text} |"
    return [cell[1:-1] if len(cell) > 1 else cell for cell in closed.strip("|").split("|")]


def _names(heads: list[list[str]]) -> list[str]:
    width = max((len(head) for head in heads), default=0)
    joined = ["".join(head[at].strip() for head in heads if at < len(head)) for at in range(width)]
    return [squeezed(name) or f"column{at}" for at, name in enumerate(joined)]


def _goes_on(row: Row, names: list[str], cells: list[str], above: list[str]) -> bool:
    if not cells[0].strip():
        return not _stands_alone(row, names, cells, above)
    lacking = any(row.cells.get(name) and not cell.strip() for name, cell in zip(names, cells, strict=False))
    return lacking and all(
        _no_room(cell, before) for cell, before in zip(cells, above, strict=False) if cell.strip()
    )


def _stands_alone(row: Row, names: list[str], cells: list[str], above: list[str]) -> bool:
    """True for a row that has nothing in its first column only: no other value is lacking or wrapped."""
    filled = [
        bool(cell.strip()) for name, cell in zip(names[1:], cells[1:], strict=False) if row.cells.get(name)
    ]
    wrapped = (_no_room(cell, before) for cell, before in zip(cells, above, strict=False) if cell.strip())
    return len(filled) > 1 and all(filled) and not all(wrapped)


def _no_room(cell: str, before: str) -> bool:
    first = cell.split()[0]
    return bool(before.strip()) and len(before.rstrip()) + 1 + len(first) > len(before)


def _join(row: Row, names: list[str], cells: list[str], above: list[str]) -> None:
    for name, cell, before in zip(names, cells, above, strict=False):
        if text := cell.strip():
            full = len(before.strip()) == len(before)
            row.cells[name] += text if full or not row.cells[name] else f" {text}"


_DECODER: Final = json.JSONDecoder()
_ROOTS: Final = frozenset({
    "interface", "network-instance", "platform", "system", "acl", "bfd", "qos", "tunnel-interface", "tunnel",
    "routing-policy",
})  # fmt: skip


def trees(output: str, path: str) -> Iterator[Object]:
    """The parts of the state tree in an answer, each from its root on. Raises NotUnderstood.

    The CLI prints a list under its name, and of a container what is in it; JSON-RPC prints a list of
    answers, of which the first is to the path asked for. Each is put back where it stands in the tree.
    """
    if is_braces(output):
        yield placed(tree(output), path)
        return
    start = min((at for at in (output.find("{"), output.find("[")) if at >= 0), default=-1)
    if start < 0:
        raise NotUnderstood("not JSON")
    try:
        found, _ = _DECODER.raw_decode(output, start)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}") from None
    if isinstance(found, dict) and isinstance(found.get("result"), list):
        found = found["result"]
    plain = output.isascii() and "\\u" not in output and MODULES not in output
    for part in found if isinstance(found, list) else [found]:
        if isinstance(part, dict):
            yield placed(part if plain else _without_modules(part), path)


MODULES: Final = "_nokia-"
"""Is in the name of every module that stands before a name in answers to JSON-RPC and gNMI."""


def _without_modules(value: Any) -> Any:
    if isinstance(value, dict):
        return {clean(name).rpartition(":")[2]: _without_modules(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_modules(one) for one in value]
    return clean(value) if isinstance(value, str) else value


_KEYS: Final = {
    "interface": "name", "network-instance": "name", "control": "slot", "linecard": "slot", "fan-tray": "id",
    "power-supply": "id", "neighbor": "peer-address", "subinterface": "index", "tunnel-interface": "name",
    "application": "name",
}  # fmt: skip
"""The lists in paths, with the leaf that a name in the path is."""
_SYSTEM: Final = frozenset({"current-datetime", "last-booted", "version", "description"})


def placed(found: Object, path: str) -> Object:
    """A part of the tree under the path that it was asked for by."""
    words = [word.strip('"').lstrip("/") for word in path.split() if word.strip("/")]
    names = list(found)
    if (
        names
        and names[0] in _ROOTS
        and (len(names) == 1 or set(names) <= _ROOTS)
        and (not words or words[0] == names[0] or names[0] not in words)
    ):
        return found
    if len(_SYSTEM & set(names)) >= 3 and words[:1] != ["system"]:
        return {"system": {"information": found}}
    parents = words
    if len(names) == 1 and names[0] in words:
        parents = words[: len(words) - 1 - words[::-1].index(names[0])]
    return _under(found, parents[:-1] if parents[-1:] == ["*"] else parents)


def _under(found: Object, parents: list[str]) -> Object:
    if not parents:
        return found
    name, rest = parents[0], parents[1:]
    key = _KEYS.get(name)
    if key and rest and rest[0] != "protocols":
        return {name: [({} if rest[0] == "*" else {key: rest[0]}) | _under(found, rest[1:])]}
    return {name: _under(found, rest)}


def inner(found: Any, *path: str) -> Object:
    """The object at the end of a path, `{}` where it does not lead there."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def rows(found: Any, name: str) -> Iterator[Object]:
    """The entries of a list that are objects."""
    value = found.get(name) if isinstance(found, dict) else None
    return (entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict))


_ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def over(entries: Iterator[Object], where: str, read: Callable[[Object], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every entry; an odd one becomes a note, and the rest goes on."""
    for at, entry in enumerate(entries):
        try:
            yield from read(entry)
        except _ODD as error:
            yield Note(text=clean(f"{where} {entry.get('name', at)}: {error!r}")[:200])
