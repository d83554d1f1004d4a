"""The state tree as the MD-CLI prints it for `info state …` without `json`: names, values and braces.

`name value`, `name [value value]`, `container {`, and for an entry of a list its keys: the first alone, the
others by their names (`tcp-connection "192.0.2.1" local-port 22 … {`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.values import clean

_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\[|\]|[^\s\[\]"]+)')
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*(?: |$)")
_SKIPPED: Final = re.compile(r"#|={3}|-{3}|\[|[*!]?\(\w{1,4}\)\[|[*!]?[A-D]:\S+[#$]")
"""Comments, rules, prompts and the path before a prompt."""


def from_braces(text: str, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The tree. `keys` names the leaf that the first key of a list's entry is. Raises NotUnderstood."""
    root: dict[str, Any] = {}
    open_: list[dict[str, Any]] = [root]
    for line in map(str.strip, text.splitlines()):
        if line == "}":
            if len(open_) > 1:
                open_.pop()
        elif not line or _SKIPPED.match(line):
            continue
        elif not _NAME.match(line):
            raise NotUnderstood(f"not a line of the state tree: {clean(line)[:60]!r}")
        elif line.endswith("{"):
            open_.append(_opened(open_[-1], _tokens(line[:-1]), keys))
        else:
            name, *values = _tokens(line)
            open_[-1][name] = _value(values)
    return root


def _tokens(line: str) -> list[str]:
    return [
        clean(token[1].replace("\\n", "\n").replace('\\"', '"') if token[1] is not None else token[2])
        for token in _TOKEN.finditer(line)
    ]


def _value(values: Sequence[str]) -> Any:
    if values[:1] == ["["]:
        return [value for value in values if value not in {"[", "]"}]
    return " ".join(values)


def _opened(parent: dict[str, Any], words: list[str], keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The new object: a container, or the entry of a list where keys stand behind the name."""
    name, *told = words
    if not told:
        found: dict[str, Any] = parent.setdefault(name, {})
        return found if isinstance(found, dict) else {}
    first = keys.get(name, (name,))[0]
    entry: dict[str, Any] = {first: told[0]} | dict(zip(told[1::2], told[2::2], strict=False))
    entries = parent.setdefault(name, [])
    if isinstance(entries, list):
        entries.append(entry)
    return entry
