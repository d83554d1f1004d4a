"""The part of an answer that a finding speaks of: evidence that can be read without the whole capture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from netdoctor.model import entities
from netdoctor.model.findings import Finding, Value

LIMIT_CHARS = 200
_JSON_LIMIT_CHARS = 1 << 20
_LINES_LIMIT = 5_000
_MEMBERS_LIMIT = 12
_NAMES_LIMIT, _NAME_LIMIT_CHARS = 20, 64
_TELLING = 1.5
"""A value counts 3, each common word of a field's name 1: two words, or one value, tell."""
_OTHER_WORD = 0.1
_SAME = {
    "administrative": "admin", "crc": "fcs", "discards": "dropped", "drops": "dropped", "errs": "errors",
    "input": "in", "operational": "oper", "operstate": "oper", "output": "out", "rx": "in", "status": "state",
    "tx": "out",
}  # fmt: skip
"""Devices' words for ours."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w]|\.\d)")

_Path = tuple[str, ...]


class Excerpt(NamedTuple):
    """At most 200 characters of an answer; `telling` when they show what the finding measured."""

    text: str
    telling: bool


class _Leaf(NamedTuple):
    """A scalar of a JSON answer: the keys that lead to it, its value, and the texts of its records."""

    path: _Path
    value: Any
    texts: tuple[str, ...]


def excerpt(output: str, device: str, finding: Finding) -> Excerpt:
    """What `output`, an answer of `device`, shows of a finding.

    Of JSON, the matching members after the name they stand under; of text, the best matching line. What
    matches nothing gives the answer's beginning, so that an excerpt is empty only when the answer is.
    """
    name = _local_name(device, finding.entity)
    found = _from_json(output, name, finding) if output.lstrip()[:1] in ("{", "[") else None
    found = found or _from_lines(output, name, finding)
    text = found.text if len(found.text) <= LIMIT_CHARS else found.text[: LIMIT_CHARS - 1] + "…"
    return Excerpt(text, found.telling)


def _local_name(device: str, entity: str) -> str:
    """How `device` itself names the entity in its answers; empty when it stands for the whole device."""
    if entity.startswith("link:"):
        ends = [end for end in entities.link_ends(entity) if end and end.device == device]
        return ends[0].interface if ends else ""
    local = entities.split(entity).name.partition("@")[0]
    return local.rpartition("/")[0] if entity.startswith("queue:") else local


def _from_json(output: str, name: str, finding: Finding) -> Excerpt | None:
    """For each field the member that shows it best; without any, the members that bear the name."""
    named = [leaf for leaf in _leaves(output) if not name or name in leaf.path or name in leaf.texts]
    telling: list[_Leaf] = []
    for field, value in [*finding.measured.items(), *finding.expected.items()]:
        best = max(named, key=lambda leaf: _leaf_score(leaf, field, value), default=None)
        if best and _leaf_score(best, field, value) >= _TELLING:
            telling.append(best)
    shown = [leaf for leaf in telling or (named if name else []) if leaf.path]
    members: dict[str, Any] = {}
    for leaf in shown[:_MEMBERS_LIMIT]:
        members.setdefault(leaf.path[-1], leaf.value)
    if not members:
        return None
    body = json.dumps(members, ensure_ascii=False)
    return Excerpt(f"{name}: {body}" if name else body, bool(telling))


def _leaf_score(leaf: _Leaf, field: str, value: Value) -> float:
    shown = not _is_difference(field) and _equal(leaf.value, value)
    return _score(_words(" ".join(leaf.path[-2:])), field) + (3 if shown else 0)


def _is_difference(field: str) -> bool:
    """True for what was counted between two samples: no answer shows it, only the counter's name is there."""
    return "_delta_" in field


@lru_cache(maxsize=4)
def _leaves(output: str) -> tuple[_Leaf, ...]:
    """Every scalar of a JSON answer; none when it is not JSON, or too long to take apart."""
    if len(output) > _JSON_LIMIT_CHARS:
        return ()
    try:
        return tuple(_walk(json.loads(output), (), ()))
    except (ValueError, RecursionError):
        return ()


def _walk(node: Any, path: _Path, texts: tuple[str, ...]) -> Iterator[_Leaf]:
    if isinstance(node, dict):
        own = (text for text in node.values() if isinstance(text, str) and len(text) <= _NAME_LIMIT_CHARS)
        texts = (*texts, *islice(own, _NAMES_LIMIT))
        for key, value in node.items():
            yield from _walk(value, (*path, key), texts)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path, texts)
    else:
        yield _Leaf(path, node, texts)


def _from_lines(output: str, name: str, finding: Finding) -> Excerpt:
    """The line that says most of what was measured, among those that bear the name when any does."""
    lines = [line for line in output.splitlines()[:_LINES_LIMIT] if line.strip()]
    whole = re.compile(rf"(?<![\w.:]){re.escape(name)}(?![\w:]|\.\d)", re.IGNORECASE)
    candidates = [line for line in lines if name and whole.search(line)] or lines
    if not candidates:
        return Excerpt("", telling=False)
    scores = [sum(_line_score(line, f, v) for f, v in finding.measured.items()) for line in candidates]
    best = max(range(len(candidates)), key=scores.__getitem__)
    return Excerpt(" ".join(candidates[best].split()), scores[best] >= _TELLING)


def _line_score(line: str, field: str, value: Value) -> float:
    if _is_difference(field):
        shown = False
    elif isinstance(value, str):
        shown = value != "" and value.casefold() in line.casefold()
    else:
        shown = any(_equal(float(number), value) for number in _NUMBER.findall(line))
    return max(_score(_words(line), field), 0) + (3 if shown else 0)


def _score(found: frozenset[str], field: str) -> float:
    """How many words of a field's name are among those found; other words count a little against it."""
    wanted = _words(field)
    common = len(wanted & found)
    return common - _OTHER_WORD * len(found - wanted) if common else 0.0


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    """`rxCrcErrors`, `rx_crc_errors` and `in_fcs_errors` are the same words."""
    lowered = (word.lower() for word in _WORD.findall(text))
    return frozenset(_SAME.get(word, word) for word in lowered) - {"count", "delta"}


def _equal(found: Any, value: Value) -> bool:
    """Equal as far as people would say so; truth values are too common to tell anything."""
    if isinstance(found, bool) or isinstance(value, bool):
        return False
    if isinstance(found, int | float) and isinstance(value, int | float):
        return abs(found - value) <= 0.005 * abs(value)
    return isinstance(found, str) and found != "" and found.casefold() == str(value).casefold()
