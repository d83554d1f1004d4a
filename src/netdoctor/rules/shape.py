"""Plain values into the structs of check and cause files, with every mistake named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import msgspec

from netdoctor.model.suggest import nearest
from netdoctor.rules.document import Document, Place
from netdoctor.rules.errors import RuleError, RuleErrors

T = TypeVar("T", bound=msgspec.Struct)

_PLAIN: dict[str, tuple[Any, str]] = {
    "StrType": (str, "a text"),
    "BoolType": (bool, "true or false"),
    "IntType": (int, "a whole number"),
    "FloatType": (float, "a number"),
    "DateTimeType": (datetime, "an RFC 3339 time"),
    "NoneType": (None, "nothing"),
}


def convert(document: Document, shape: type[T]) -> T:
    """The document as a struct. Raises RuleErrors with everything that does not fit.

    The fast converter stops at the first mistake and knows no lines, so that it is only asked whether
    there is one.
    """
    try:
        return msgspec.convert(document.data, shape)
    except msgspec.ValidationError as error:
        found = [document.error(place, problem) for place, problem in _mistakes(document.data, shape, ())]
        raise RuleErrors(found or [RuleError(document.path, 1, str(error))]) from None


def mistakes(value: Any, shape: type[msgspec.Struct], place: Place) -> list[tuple[Place, str]]:
    """Everything in a plain value that keeps it from being a `shape`, with where it stands."""
    return list(_mistakes(value, shape, place))


def _mistakes(value: Any, shape: type[msgspec.Struct], place: Place) -> Iterator[tuple[Place, str]]:
    yield from _of_type(value, _type_of(shape), place)


@cache
def _type_of(shape: type[msgspec.Struct]) -> Any:
    from msgspec import inspect  # only wrong files pay for it

    return inspect.type_info(shape)


def _of_type(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """The mistakes of a value against a type of `msgspec.inspect`."""
    match type(kind).__name__:
        case "AnyType":
            return
        case "StructType":
            yield from _of_struct(value, kind, place)
        case "UnionType":
            yield from _of_union(value, kind, place)
        case "DictType":
            yield from _of_dict(value, kind, place)
        case "VarTupleType":
            yield from _of_list(value, kind, place)
        case "LiteralType":
            yield from _of_words(value, kind.values, place)
        case _:
            yield from _of_plain(value, kind, place)


def _of_struct(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if not isinstance(value, dict):
        yield place, f"expected keys with values, not {_name(value)}"
        return
    fields = {field.encode_name: field for field in kind.fields}
    written = [name for name in fields if name != "id"]
    for key, item in value.items():
        if key in fields:
            yield from _of_type(item, fields[key].type, (*place, key))
        elif key != kind.tag_field:
            yield (*place, key), f"unknown key{nearest(key, written)}"
    missing = [name for name, field in fields.items() if field.required and name not in value]
    yield from ((place, f"the key {name!r} is missing") for name in missing)


def _of_union(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """A value that fits no alternative is judged against the one that it most looks like."""
    kinds = [alternative for alternative in kind.types if type(alternative).__name__ != "NoneType"]
    tried = [list(_of_type(value, alternative, place)) for alternative in kinds]
    if (value is None and len(kinds) < len(kind.types)) or any(not found for found in tried):
        return
    inside = [found for found in tried if any(where != place for where, _ in found)]
    words = [found for found, of in zip(tried, kinds, strict=True) if type(of).__name__ == "LiteralType"]
    if inside or words or len(tried) == 1:
        yield from (inside or words or tried)[0]
    else:
        yield place, f"{_name(value)} does not fit here"


def _of_dict(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if not isinstance(value, dict):
        yield place, f"expected keys with values, not {_name(value)}"
        return
    for key, item in value.items():
        yield from _of_type(key, kind.key_type, (*place, key))
        yield from _of_type(item, kind.value_type, (*place, key))


def _of_list(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if not isinstance(value, list):
        yield place, f"expected a list, not {_name(value)}"
        return
    for position, item in enumerate(value):
        yield from _of_type(item, kind.item_type, (*place, position))


def _of_words(value: Any, words: tuple[Any, ...], place: Place) -> Iterator[tuple[Place, str]]:
    if value not in words:
        listed = ", ".join(map(str, words))
        yield place, f"{_name(value)} is not one of {listed}{nearest(str(value), map(str, words))}"


def _of_plain(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:
    python_type, expected = _PLAIN[type(kind).__name__]
    try:
        msgspec.convert(value, python_type)
    except msgspec.ValidationError:
        yield place, f"expected {expected}, not {_name(value)}"


def _name(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, bool):
        return str(value).lower()
    return "a list" if isinstance(value, list) else repr(value)
