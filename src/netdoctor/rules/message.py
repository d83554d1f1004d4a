"""Sentences with holes: `{name}` and `{name:.1f}`, and nothing else.

`str.format` would let a data file walk through attributes (`{x.__class__}`); here a hole is a plain name
with a plain format, and what is not known prints as `?`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from netdoctor.model.suggest import nearest
from netdoctor.rules.names import Names, Type

UNKNOWN = "?"
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_SPEC = re.compile(r"[+]?[,_]?(\.[0-9])?[dfeg%]?")


class MessageError(ValueError):
    """A template with a hole that is not allowed."""


class Hole(NamedTuple):
    """One `{name:spec}` of a template."""

    name: str
    spec: str


def holes(template: str) -> list[Hole]:
    """The holes of a template, in order. Raises MessageError."""
    return [hole for _, hole in _pieces(template) if hole]


def check_message(template: str, names: Names) -> frozenset[str]:
    """The names a template uses. Raises MessageError when a hole has no such name or its format no sense."""
    found = holes(template)
    for name, spec in found:
        if name not in names:
            raise MessageError(f"unknown name {name!r} in a hole{nearest(name, names)}")
        _check_spec(name, spec, names[name])
    return frozenset(name for name, _ in found)


def format_message(template: str, values: Mapping[str, Any]) -> str:
    """The template with its holes filled; a name without a value prints `?`. Raises MessageError."""
    return "".join(
        literal + (_filled(values.get(hole.name), hole.spec) if hole else "")
        for literal, hole in _pieces(template)
    )


def _pieces(template: str) -> list[tuple[str, Hole | None]]:
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise MessageError(f"is no message: {error}") from None
    return [(literal, _hole(name, spec, how)) for literal, name, spec, how in parsed]


def _hole(name: str | None, spec: str | None, conversion: str | None) -> Hole | None:
    if name is None:
        return None
    if conversion is not None or not _NAME.fullmatch(name):
        shown = f"{name}!{conversion}" if conversion else name
        raise MessageError(f"the hole {{{shown}}} is not a plain name")
    if not _SPEC.fullmatch(spec or ""):
        raise MessageError(f"the format {spec!r} of {{{name}}} is not a plain one such as .1f or ,")
    return Hole(name, spec or "")


def _check_spec(name: str, spec: str, of: Type) -> None:
    if spec and not of.numeric:
        raise MessageError(f"the format {spec!r} is for numbers, and {name} is of type {of}")
    if spec.endswith("d") and of.kind != "int":
        raise MessageError(f"the format {spec!r} is for whole numbers, and {name} is of type {of}")


def _filled(value: Any, spec: str) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list | tuple):
        return ", ".join(_filled(item, spec) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        return format(value, spec)
    except ValueError:
        return str(value)
