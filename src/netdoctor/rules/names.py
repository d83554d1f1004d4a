"""The names that conditions and messages may use, with their CEL types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from netdoctor.model.facts import Fact
from netdoctor.rules.cel_parser import CelError


class Type(NamedTuple):
    """A CEL type. `words` are all the values that a text may have, where that is known."""

    kind: Literal["bool", "int", "double", "string", "list", "timestamp", "any"]
    words: tuple[str, ...] = ()
    constant: bool = False
    """True for what the file itself writes: a literal or a param."""
    element: Type | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in {"int", "double"}

    def __str__(self) -> str:
        return f"list of {self.element}" if self.element else self.kind


Names = Mapping[str, Type]

BOOL, INT, DOUBLE, STRING = Type("bool"), Type("int"), Type("double"), Type("string")
_PLAIN: dict[Any, Type] = {
    bool: BOOL,
    int: INT,
    float: DOUBLE,
    str: STRING,
    datetime: Type("timestamp"),
}


@cache
def fact_names(fact_type: type[Fact]) -> Names:
    """The fields of a fact type with their CEL types."""
    hints = get_type_hints(fact_type)
    return {name: type_of(hints[name]) for name in fact_type.__struct_fields__}


@cache
def always_known(fact_type: type[Fact]) -> frozenset[str]:
    """The fields that every fact of a type has."""
    hints = get_type_hints(fact_type)
    return frozenset(name for name in fact_type.__struct_fields__ if NoneType not in get_args(hints[name]))


def type_of(annotation: Any) -> Type:
    """The CEL type of a field's annotation; None is left out, since an unknown field is left out too."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        (annotation,) = (argument for argument in arguments if argument is not NoneType)
        return type_of(annotation)
    if origin is Literal:
        return Type("string", words=arguments)
    if origin is tuple:
        return Type("list", element=type_of(arguments[0]))
    return _PLAIN[annotation]


def type_of_param(value: Any) -> Type:
    """The CEL type of a param's value. Raises CelError for a list that mixes types."""
    if not isinstance(value, list | tuple):
        words = (value,) if isinstance(value, str) else ()
        return _PLAIN[type(value)]._replace(words=words, constant=True)
    return Type("list", constant=True, element=common([type_of_param(item) for item in value]))


def common(items: list[Type]) -> Type:
    """The one type of several values. Raises CelError when they differ."""
    kinds = {item.kind for item in items}
    if len(kinds) > 1:
        raise CelError(f"a list mixes {' and '.join(sorted(kinds))}")
    if not items:
        return Type("any", constant=True)
    known = all(item.words for item in items)
    words = tuple(word for item in items for word in item.words) if known else ()
    return items[0]._replace(words=words, constant=all(item.constant for item in items))
