"""The part of an answer that a finding speaks of: evidence that can be read without the whole capture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from netdoctor.model import entities
from netdoctor.model.findings import Finding, Value

LIMIT_CHARS = 200
_PARSED_LIMIT_CHARS = 1 << 20
_LINES_LIMIT = 5_000
_MEMBERS_LIMIT = 12
_NAMES_LIMIT, _NAME_LIMIT_CHARS = 20, 64
_Path = tuple[str, ...]
_Leaf = tuple[_Path, Any, tuple[str, ...]]
"""A scalar of a JSON answer: the keys that lead to it, its value, and the texts that stand in its records."""


def excerpt(output: str, device: str, finding: Finding) -> str:
    """At most 200 characters of `output` that name the finding's entity and show its values.

    Of JSON, the matching members with the keys that lead to them; of text, the best matching line. What
    matches nothing gives the answer's beginning, so that an excerpt is empty only when the answer is.
    """
    names, values = _names(device, finding.entity), _values(finding)
    best = _from_json(output, names, values) if output.lstrip()[:1] in ("{", "[") else ""
    return _clipped(best or _from_lines(output, names, values))


def _names(device: str, entity: str) -> tuple[str, ...]:
    """How `device` names the entity in its own answers, the most telling name first."""
    if entity.startswith("link:"):
        ends = entities.link_ends(entity)
        return tuple(end.interface for end in ends if end and end.device == device)
    local = entities.split(entity).name.partition("@")[0]
    if entity.startswith("queue:"):
        interface, _, queue = local.rpartition("/")
        return (interface, queue)
    return (local,) if local else ()


def _values(finding: Finding) -> tuple[Value, ...]:
    shown = (*finding.measured.values(), *finding.expected.values())
    return tuple(value for value in shown if value != "" and not isinstance(value, bool))


def _from_lines(output: str, names: tuple[str, ...], values: tuple[Value, ...]) -> str:
    """The line that says most: a name counts for more than any value, the first of the best wins."""
    wanted = [*((_token(name), 10) for name in names), *((_token(_text(value)), 1) for value in values)]
    lines = [line for line in output.splitlines()[:_LINES_LIMIT] if line.strip()]
    named = [line for line in lines if names and names[0].casefold() in line.casefold()]
    best, best_score = "", -1
    for line in named or lines:
        score = sum(weight for pattern, weight in wanted if pattern.search(line))
        if score > best_score:
            best, best_score = line, score
    return " ".join(best.split())


def _token(text: str) -> re.Pattern[str]:
    """The text where it is not part of a longer name or number."""
    return re.compile(rf"(?<![\w.:]){re.escape(text)}(?![\w:]|\.\d)", re.IGNORECASE)


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _from_json(output: str, names: tuple[str, ...], values: tuple[Value, ...]) -> str:
    """The scalar members that show a value, under the member that bears the name, as compact JSON."""
    name = names[0] if names else ""
    named = [leaf for leaf in _leaves(output) if not name or _bears(leaf, name)]
    showing = [leaf for leaf in named if any(_same(leaf[1], value) for value in values)]
    return _joined(showing or (named if name else []), name)


@lru_cache(maxsize=4)
def _leaves(output: str) -> tuple[_Leaf, ...]:
    """Every scalar of a JSON answer; none when it is not JSON, or too long to take apart."""
    if len(output) > _PARSED_LIMIT_CHARS:
        return ()
    try:
        return tuple(_walk(json.loads(output), (), ()))
    except (ValueError, RecursionError):
        return ()


def _walk(node: Any, path: _Path, record: tuple[str, ...]) -> Iterator[_Leaf]:
    if isinstance(node, dict):
        texts = (text for text in node.values() if isinstance(text, str) and len(text) <= _NAME_LIMIT_CHARS)
        record = (*record, *islice(texts, _NAMES_LIMIT))
        for key, value in node.items():
            yield from _walk(value, (*path, key), record)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path, record)
    else:
        yield path, node, record


def _bears(leaf: _Leaf, name: str) -> bool:
    path, _, record = leaf
    return name in path or name in record


def _same(found: Any, value: Value) -> bool:
    if isinstance(found, bool):
        return False
    if isinstance(found, int | float) and isinstance(value, int | float):
        return abs(found - value) <= 0.01 * max(abs(value), 0.01)
    return isinstance(found, str) and found.casefold() == str(value).casefold()


def _joined(leaves: Iterable[_Leaf], name: str) -> str:
    """`Ethernet1: {"rxPower": -15.83, "txPower": -2.1}`: members after the name they stand under."""
    members: dict[str, Any] = {}
    for path, value, _ in islice(leaves, _MEMBERS_LIMIT):
        members.setdefault(path[-1] if path else "", value)
    if not members:
        return ""
    body = json.dumps(members, ensure_ascii=False)
    return f"{name}: {body}" if name else body


def _clipped(text: str) -> str:
    return text if len(text) <= LIMIT_CHARS else text[: LIMIT_CHARS - 1] + "…"
