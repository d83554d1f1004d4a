"""Parses the part of CEL that conditions need (the grammar of cel-spec's langdef.md, cut down).

Literals, names, lists, `! - * / % + < <= > >= == != in && || ?:`, `size(x)`, `double(x)`, `int(x)`, the
methods `startsWith endsWith contains matches size` and the macros `exists all`. The package that runs CEL
gives no syntax tree, and without one no type can be checked.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

LIMIT_CHARACTERS = 2000
DEPTH_LIMIT = 40
"""Deeper or longer conditions are refused before the native parser sees them: it overflows its stack."""

Kind = Literal[
    "bool", "int", "double", "string", "list", "name", "unary", "binary", "ternary", "call", "method", "macro"
]

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<double>\d+\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+)
    | (?P<int>\d+)(?![\w.])
    | (?P<string>"(?:[^"\\\n]|\\["'\\])*"|'(?:[^'\\\n]|\\["'\\])*')
    | (?P<name>[A-Za-z_]\w*)
    | (?P<symbol>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:()\[\],.])
    )""",
    re.VERBOSE,
)
_BINARY: tuple[frozenset[str], ...] = (
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"<", "<=", ">", ">=", "==", "!=", "in"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
"""Binary operators, loosest first; all bind to the left."""
FUNCTIONS = frozenset({"size", "double", "int"})
METHODS = frozenset({"startsWith", "endsWith", "contains", "matches", "size"})
MACROS = frozenset({"exists", "all"})
_REFUSED_NAMES = frozenset({"null", "has"})


class CelError(ValueError):
    """A condition that is not in the subset, or whose types do not fit."""


class Node(NamedTuple):
    """One part of a condition. `value` is a literal's value, else a name or an operator."""

    kind: Kind
    value: Any
    parts: tuple[Node, ...] = ()


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str) -> Node:
    """The syntax tree of a condition. Raises CelError."""
    if len(text) > LIMIT_CHARACTERS:
        raise CelError(f"the condition is longer than {LIMIT_CHARACTERS} characters")
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:end].lstrip()
            raise CelError(f"{rest[:12]!r} at column {end - len(rest) + 1} is not understood")
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind) + 1))
        position = match.end()
    return [*found, _Token("end", "", end + 1)]


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._expression()
        if self._now.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _now(self) -> _Token:
        return self._tokens[self._position]

    def _take(self, *texts: str) -> _Token | None:
        """The next token when it is one of these operators."""
        token = self._now
        if token.text not in texts or token.kind == "string":
            return None
        self._position += 1
        return token

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise self._unexpected(f", expected {text!r}")

    def _unexpected(self, expected: str = "") -> CelError:
        token = self._now
        what = "the condition ends too early" if token.kind == "end" else f"unexpected {token.text!r}"
        return CelError(f"{what} at column {token.column}{expected}")

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise CelError("the condition is nested too deeply")
        node = self._binary(0)
        if self._take("?"):
            then = self._binary(0)
            self._need(":")
            node = Node("ternary", "?:", (node, then, self._expression()))
        self._depth -= 1
        return node

    def _binary(self, level: int) -> Node:
        if level == len(_BINARY):
            return self._unary()
        node = self._binary(level + 1)
        while token := self._take(*_BINARY[level]):
            node = Node("binary", token.text, (node, self._binary(level + 1)))
        return node

    def _unary(self) -> Node:
        if token := self._take("!", "-"):
            return Node("unary", token.text, (self._member(),))
        return self._member()

    def _member(self) -> Node:
        node = self._primary()
        while self._take("."):
            name = self._name()
            self._need("(")
            arguments = self._list(")")
            if name not in METHODS | MACROS:
                raise CelError(f"the method {name!r} is not one of {', '.join(sorted(METHODS | MACROS))}")
            node = Node("macro" if name in MACROS else "method", name, (node, *arguments))
        return node

    def _name(self) -> str:
        token = self._now
        if token.kind != "name":
            raise self._unexpected()
        self._position += 1
        return token.text

    def _list(self, closing: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._take(closing):
            if items:
                self._need(",")
            items.append(self._expression())
        return tuple(items)

    def _primary(self) -> Node:
        if self._take("("):
            node = self._expression()
            self._need(")")
            return node
        if self._take("["):
            return Node("list", "[]", self._list("]"))
        token = self._now
        if token.kind not in {"name", "int", "double", "string"}:
            raise self._unexpected()
        self._position += 1
        return self._literal(token) if token.kind != "name" else self._named(token.text)

    def _literal(self, token: _Token) -> Node:
        if token.kind == "int":
            if len(token.text) > 18:
                raise CelError(f"the number {token.text} is too large")
            return Node("int", int(token.text))
        if token.kind == "double":
            return Node("double", float(token.text))
        return Node("string", re.sub(r"\\(.)", r"\1", token.text[1:-1]))

    def _named(self, name: str) -> Node:
        if name in {"true", "false"}:
            return Node("bool", name == "true")
        if name in _REFUSED_NAMES:
            raise CelError(f"{name!r} has no place here: a field that the device did not give is unknown")
        if not self._take("("):
            return Node("name", name)
        if name not in FUNCTIONS:
            raise CelError(f"the function {name!r} is not one of {', '.join(sorted(FUNCTIONS))}")
        return Node("call", name, self._list(")"))
