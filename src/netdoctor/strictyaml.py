"""YAML read strictly: core-schema scalars, no duplicate keys, no anchors; errors name file, line and key.

Scalars follow the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), so that `on`, `no`,
`12:30` and `2024-01-01` are text, as people who write them expect.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
import yaml

from netdoctor.model.suggest import nearest

T = TypeVar("T")
Keys = tuple[str | int, ...]
"""Where a value stands: the mapping keys and sequence positions that lead to it."""

DEFAULT_LIMIT_BYTES = 64 << 10
_MAX_DEPTH = 32


class FileError(ValueError):
    """A file that is not what it should be; its text is `file:line: key 'a.b': what is wrong`."""

    def __init__(self, path: str, line: int | None, keys: Keys, message: str) -> None:
        self.path, self.line, self.keys, self.message = path, line, keys, message
        place = path if line is None else f"{path}:{line}"
        key = f"key {dotted(keys)!r}: " if keys else ""
        super().__init__(f"{place}: {key}{message}")


class Document:
    """A file's content as plain Python values, with the line of each."""

    def __init__(self, path: str, value: Any, lines: dict[Keys, int]) -> None:
        self.path = path
        self.value = value
        self._lines = lines

    def line(self, keys: Keys) -> int:
        """The line, from 1, where the key at the end of `keys` (or the nearest thing above it) stands."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines.get(keys, 1)

    def error(self, keys: Keys, message: str) -> FileError:
        return FileError(self.path, self.line(keys), keys, message)

    def convert(self, shape: type[T]) -> T:
        """The content as a msgspec type. Raises FileError at the first key that does not fit it."""
        return self.convert_at((), shape)

    def convert_at(self, keys: Keys, shape: type[T]) -> T:
        """The value at `keys` as a msgspec type. Raises FileError."""
        value = self.value
        for key in keys:
            value = value[key]
        if (mistake := first_mistake(value, shape, keys)) is not None:
            raise self.error(*mistake)
        return msgspec.convert(value, shape)


def first_mistake(value: Any, shape: Any, keys: Keys = ()) -> tuple[Keys, str] | None:
    """Where a value, which stands at `keys`, does not fit a msgspec type, and why; None when it fits."""
    return None if _fits(value, shape) else _locate(value, shape, keys)


def read(path: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> Document:
    """Reads a file. Raises FileError, also for one that cannot be read, is too long, or is not UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise FileError(str(path), None, (), f"cannot be read: {error.strerror}") from error
    if len(content) > limit_bytes:
        raise FileError(str(path), None, (), f"longer than {limit_bytes >> 10} KiB")
    try:
        return parse(content.decode(), str(path))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(str(path), line, (), "not UTF-8 text") from error


def parse(text: str, path: str) -> Document:
    """Reads text that came from `path`. Raises FileError."""
    builder = _Builder(text, path)
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise FileError(path, line, (), f"not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise FileError(path, None, (), f"not YAML: {str(error).splitlines()[0]}") from error
    return Document(path, value, builder.lines)


def dotted(keys: Keys) -> str:
    """`devices.leaf1.tags[0]`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda text: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"0o[0-7]{1,20}|0x[0-9a-fA-F]{1,16}"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), lambda text: float(text.replace(".", ""))),
)


class _Builder:
    """Turns YAML events into plain values, keeping the line of each.

    Events, because the C library composes nodes by recursion without a bound.
    """

    def __init__(self, text: str, path: str) -> None:
        self.lines: dict[Keys, int] = {}
        self._path = path
        self._events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def document(self) -> Any:
        value = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.lines:
                    raise self._error(event, (), "a second document; only one is read")
                value = self._value(next(self._events), ())
        return value

    def _value(self, event: Any, keys: Keys) -> Any:
        self.lines.setdefault(keys, _line(event))
        self._refuse_reference(event, keys)
        if event.tag not in (None, "!"):
            raise self._error(
                event, keys, f"the tag {event.tag!r} is not read; quote a text that begins with '!'"
            )
        if len(keys) > _MAX_DEPTH:
            raise self._error(event, keys[:3], f"nested deeper than {_MAX_DEPTH} levels")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(keys)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(keys)
        return _scalar(event.value) if event.implicit[0] else event.value

    def _mapping(self, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, keys, "a key must be a word")
            self._refuse_reference(event, keys)
            key = event.value
            if key in found:
                first = self.lines[*keys, key]
                raise self._error(event, (*keys, key), f"given twice, first on line {first}")
            self.lines[*keys, key] = _line(event)
            found[key] = self._value(next(self._events), (*keys, key))
        return found

    def _sequence(self, keys: Keys) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*keys, len(found))))
        return found

    def _refuse_reference(self, event: Any, keys: Keys) -> None:
        if event.anchor is not None:
            raise self._error(event, keys, "anchors and aliases are not read; write the value out")

    def _error(self, event: Any, keys: Keys, message: str) -> FileError:
        return FileError(self._path, _line(event), keys, message)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(text: str) -> Any:
    """A plain scalar's value; text when it looks like nothing else."""
    return next((read(text) for pattern, read in _SCALARS if pattern.fullmatch(text)), text)


def _locate(value: Any, shape: Any, keys: Keys) -> tuple[Keys, str]:
    """Where and why a value does not fit; called only when it does not."""
    shape = _branch(value, shape)
    if _is_struct(shape) and isinstance(value, dict) and (problem := _misnamed(value, shape)) is not None:
        name, message = problem
        return ((*keys, name) if name else keys), message
    for key, inner, inner_shape in _parts(value, shape):
        if not _fits(inner, inner_shape):
            return _locate(inner, inner_shape, (*keys, key))
    return keys, _misfit(value, shape)


def _misnamed(value: dict[str, Any], shape: Any) -> tuple[str, str] | None:
    """An unknown key, or a required one that is missing."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    for key in value:
        if key not in fields:
            hint = nearest(key, fields) or f" (known: {', '.join(fields)})"
            return key, f"unknown key{hint}"
    missing = [name for name, field in fields.items() if field.required and name not in value]
    return ("", f"missing {', '.join(map(repr, missing))}") if missing else None


def _first_unknown(value: Any, shape: Any) -> Keys | None:
    """Where the first key unknown to its struct stands: msgspec ignores them unless told otherwise."""
    shape = _branch(value, shape)
    if _is_struct(shape) and isinstance(value, dict):
        names = {field.encode_name for field in msgspec.structs.fields(shape)}
        for key in value:
            if key not in names:
                return (key,)
    for key, inner, inner_shape in _parts(value, shape):
        if (found := _first_unknown(inner, inner_shape)) is not None:
            return (key, *found)
    return None


def _parts(value: Any, shape: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """The values inside a value, each with the shape it should have."""
    arguments = get_args(shape)
    if _is_struct(shape) and isinstance(value, dict):
        for field in msgspec.structs.fields(shape):
            if field.encode_name in value:
                yield field.encode_name, value[field.encode_name], field.type
    elif get_origin(shape) is dict and isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner, arguments[1]
    elif get_origin(shape) is list and isinstance(value, list):
        for position, inner in enumerate(value):
            yield position, inner, arguments[0]
    elif get_origin(shape) is tuple and isinstance(value, list):
        open_ended = arguments[-1] is Ellipsis
        for position, inner in enumerate(value[: None if open_ended else len(arguments)]):
            yield position, inner, arguments[0 if open_ended else position]


def _fits(value: Any, shape: Any) -> bool:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return _first_unknown(value, shape) is None


def _branch(value: Any, shape: Any) -> Any:
    """The member of a union that a value was meant for, told by its kind; other shapes as they are."""
    if get_origin(shape) not in (Union, types.UnionType):
        return shape
    members = [member for member in get_args(shape) if member is not type(None)]
    for member in members:
        container = get_origin(member) or member
        if isinstance(value, dict) and (container is dict or _is_struct(member)):
            return member
        if isinstance(value, list) and container in (list, tuple):
            return member
    scalars = [m for m in members if not _is_struct(m) and get_origin(m) not in (dict, list, tuple)]
    return scalars[0] if len(scalars) == 1 and not isinstance(value, dict | list) else shape


def _misfit(value: Any, shape: Any) -> str:
    """What is wrong with a value that fits its shape as a whole not."""
    if get_origin(shape) is Literal and not isinstance(value, dict | list):
        words = [str(word) for word in get_args(shape)]
        hint = nearest(str(value), words) or f" (known: {', '.join(words)})"
        return f"unknown word {value!r}{hint}"
    if get_origin(shape) is dict and isinstance(value, dict):
        key_shape = get_args(shape)[0]
        for key in value:
            if not _fits(key, key_shape):
                return _misfit(key, key_shape)
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        text = str(error).partition(" - at ")[0].replace(" | null", "").replace("`", "'")
        return text[:1].lower() + text[1:]
    return "does not fit"


def _is_struct(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)
