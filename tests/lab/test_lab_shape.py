"""What the lab renders has the shape of what real devices say: keys, labels, column headings.

Each answer is held against the corpus of real outputs. What all real outputs that the same parser reads
have in common, keys or words, ours has too; and what ours has beyond names and values of the world occurs
in some real output of the platform. Few boxes are in the corpus, so a part may be unknown.
"""

from __future__ import annotations

import calendar
import itertools
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from tests.corpus.corpus import PLATFORMS, folder, reader_of, records

from netdoctor.lab import topology
from netdoctor.lab.hardware import Device
from netdoctor.lab.plan import Shape
from netdoctor.lab.world import World
from netdoctor.model.facts import RoutingProcess
from netdoctor.platforms import pasted
from netdoctor.platforms.base import Parser

from .conftest import Clock
from .networks import network
from .walk import ask

COMMON_SAID = 0.75
"""Of what all real outputs of a command have in common."""
ALIKE_FROM = 4
"""So many real outputs have something in common that is no accident."""
KNOWN = 0.6
"""Many real outputs are cut down to what their source wanted to test."""
HEADINGS_KNOWN = 0.7
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_RULE = re.compile(r"^[ =+|-]*[-=]{3}[ =+|-]*$")


@pytest.fixture(autouse=True)
def _corpus_is_there() -> None:
    if folder() is None:
        missing = "no corpus: set NETDOCTOR_CORPUS, or lay it at ../shared/corpus"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)


@cache
def _real(platform: str) -> dict[Parser, list[str]]:
    """The real outputs of a platform by the parser that reads them."""
    found: dict[Parser, list[str]] = defaultdict(list)
    for record in records(platform):
        if reader := reader_of(record):
            found[reader[0].parse].append(pasted.answer(record.output, record.command))
    return found


@cache
def _vocabulary(platform: str) -> frozenset[str]:
    """Every word of every real output of a platform."""
    return frozenset(word for record in records(platform) for word in words(record.output))


@cache
def _headings(platform: str) -> frozenset[str]:
    return frozenset(line for record in records(platform) for line in headings(record.output))


def answers(platform: str, clock: Clock) -> Iterator[tuple[str, Parser, str, set[str]]]:
    """What devices of a platform say in three networks: command, parser, answer, names of the world."""
    shapes: tuple[Shape, ...] = ("clos", "ring", "campus")
    for shape in shapes:
        world = topology.build(clock, plan=network(platform, shape))
        device = list(world.devices.values())[-1]
        names = set(_words_of(world, device))
        for command, output, facts, _ in ask(world, device):
            # That a process does not run is one line, whatever the command.
            if any(not isinstance(fact, RoutingProcess) for fact in facts):
                yield command.template, command.parse, output, names


def _words_of(world: World, device: Device) -> Iterator[str]:
    """Names and values that are the world's, not the platform's."""
    said: list[object] = [device.model, device.serial, device.os_version, device.reload_reason]
    said += [one.name for one in world.devices.values()]
    said += [process.name for process in device.processes]
    said += [word for sensor in device.sensors for word in (sensor.name, sensor.description)]
    for port in device.ports.values():
        said += [port.name, port.description, port.host.name if port.host else ""]
        said += [port.optic.vendor, port.optic.serial, *vars(port.optic.type).values()] if port.optic else []
    for end in device.neighbors.values():
        said += [end.import_policy.name, end.export_policy.name]
    said += [*calendar.month_abbr, *calendar.month_name, *calendar.day_abbr, *calendar.day_name, "UTC"]
    said += [event.subject for event in device.events]
    for one in said:
        yield from (word.lower() for word in _WORD.findall(str(one)))


def structured(text: str) -> Any | None:
    start = re.search(r"[\[{]", text)
    try:
        return json.loads(text[start.start() :]) if start else None
    except ValueError:
        return None


def keys(value: Any) -> Iterator[str]:
    """The keys of structured data; one with a digit in it is a name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not re.search(r"[0-9]", key):
                yield from words(key)
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def labels(text: str) -> set[str]:
    """What an answer is made of: its keys where it is structured, else its words."""
    data = structured(text)
    return words(text) if data is None else set(keys(data))


def headings(text: str) -> Iterator[str]:
    """Lines with a rule under them, blanks apart."""
    for line, under in itertools.pairwise(text.splitlines()):
        if _RULE.match(under) and len(_WORD.findall(line)) > 1 and not re.search(r"\d", line):
            yield " ".join(line.split()).lower()


def lacking(wanted: set[str], found: frozenset[str] | set[str], least: float) -> list[str]:
    """What is not found, where that is more than a small part of what is wanted."""
    missing = sorted(wanted - found)
    return missing if len(missing) > (1 - least) * len(wanted) else []


def faults_of_shape(platform: str, parser: Parser, output: str, names: set[str]) -> Iterator[str]:
    ours = labels(output)
    real = [labels(text) for text in _real(platform).get(parser, []) if _alike(text, output)]
    if len(real) < ALIKE_FROM:
        return
    if missing := lacking(set.intersection(*real) - names, ours, COMMON_SAID):
        yield f"all real ones have {missing}"
    if unknown := lacking(ours - names, _vocabulary(platform), KNOWN):
        yield f"no real one has {unknown}"
    if unknown := lacking(set(headings(output)), _headings(platform), HEADINGS_KNOWN):
        yield f"no real one has the headings {unknown}"


def _alike(one: str, other: str) -> bool:
    return (structured(one) is None) is (structured(other) is None)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_answer_has_the_shape_of_real_ones(platform: str, clock: Clock) -> None:
    wrong = {
        command: found
        for command, parser, output, names in answers(platform, clock)
        if (found := list(faults_of_shape(platform, parser, output, names)))
    }
    assert wrong == {}
