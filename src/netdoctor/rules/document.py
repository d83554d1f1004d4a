"""Strict YAML: one document of mappings, lists and plain values, with the line of every key.

Values are read by the core schema of YAML 1.2 (§10.3.2), in which `on`, `yes` and `no` are words. Refused:
duplicate keys, anchors, aliases, tags, keys that are not words, more than 64 KiB, what is not UTF-8.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from netdoctor.rules.errors import RuleError

LIMIT_BYTES = 64 * 1024
DEPTH_LIMIT = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

Place = tuple[str | int, ...]
"""Where a value stands: the keys and list positions that lead to it."""


class Document(NamedTuple):
    """A file as plain values, and the line on which every place of it begins."""

    path: str
    data: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that was written."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def error(self, place: Place, problem: str) -> RuleError:
        return RuleError(self.path, self.line(place), problem, dotted(place) or None)


def dotted(place: Place) -> str:
    """`shows[0].how`, as messages name a place."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def decode(raw: bytes, path: str) -> str:
    """The text of a file. Raises RuleError when it is too long or not UTF-8."""
    if len(raw) > LIMIT_BYTES:
        raise RuleError(path, None, f"is longer than {LIMIT_BYTES // 1024} KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(path, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8") from None


def parse(text: str, path: str) -> Document:
    """Reads one document. Raises RuleError, with the line, on anything outside the strict subset."""
    try:
        composer = _Composer(path, _events(text))
        return composer.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise RuleError(path, line, f"is not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise RuleError(path, None, f"is not YAML: {' '.join(str(error).split())}") from None


def _events(text: str) -> Iterator[Any]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Composer:
    """Builds plain values from the parser's events: a third of the time that nodes would take."""

    def __init__(self, path: str, events: Iterator[Any]) -> None:
        self._path = path
        self._events = events
        self._lines: dict[Place, int] = {(): 1}

    def document(self) -> Document:
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._error(None, "is empty")
        data = self._value(next(self._events), ())
        next(self._events)  # the document's end
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise self._error(end, "holds a second document; a file holds one")
        return Document(self._path, data, self._lines)

    def _value(self, event: Any, place: Place) -> Any:
        self._refuse(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if len(place) >= DEPTH_LIMIT:
            raise self._error(event, "is nested too deeply", place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return self._mapping(place)

    def _sequence(self, place: Place) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            here = (*place, len(items))
            self._lines[here] = self._line(event)
            items.append(self._value(event, here))
        return items

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse(event, place)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, "a key must be a word", place)
            key: str = event.value
            here = (*place, key)
            if key in found:
                raise self._error(event, f"stands twice, first on line {self._lines[here]}", here)
            self._lines[here] = self._line(event)
            found[key] = self._value(next(self._events), here)
        return found

    def _scalar(self, event: Any, place: Place) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if not _DECIMAL.fullmatch(text):
            return text
        number = int(text[:40]) if _INTEGER.fullmatch(text) else float(text)
        if not (math.isfinite(number) and abs(number) < 2**63):
            raise self._error(event, f"the number {text[:20]} is too large", place)
        return number

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return line + 1

    def _refuse(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._error(event, "anchors and aliases (&, *) are not allowed; quote a text", place)
        if event.tag is not None:
            raise self._error(event, f"tags ({event.tag}) are not allowed; quote a text", place)

    def _error(self, event: Any, problem: str, place: Place = ()) -> RuleError:
        line = None if event is None else self._line(event)
        return RuleError(self._path, line, problem, dotted(place) or None)
