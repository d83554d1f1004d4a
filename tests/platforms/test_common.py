"""What holds for every platform, whatever its devices print."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netdoctor.platforms
from netdoctor import platforms
from netdoctor.model.facts import AnyFact, Fact
from netdoctor.platforms.base import Command, understand

ROOT = Path(netdoctor.platforms.__file__).parent
COMMANDS = [
    pytest.param(name, command, id=f"{name}: {command.template}")
    for name in platforms.names()
    for command in platforms.get(name).commands
]
HOLES = {
    "interface": ("eth0", "Ethernet1", "eth0.100", "swp1"),
    "peer": ("192.0.2.1", "2001:db8::1", "eth1"),
    "prefix": ("192.0.2.0/24", "2001:db8::/32"),
    "address": ("192.0.2.1", "2001:db8::1"),
    "queue": ("0", "1:10"),
    "vrf": ("default", "red"),
    "table": ("DATAACL",),
    "rules": ("RULE_1,DEFAULT_RULE",),
    "port": ("1/1/c1/1",),
    "router": ("100",),
    "filter": ("10",),
    "service": ("100",),
    "name": ("ethernet-1/1",),
    "kind": ("linecard",),
    "number": ("1",),
    "family": ("ipv4",),
    "keys": ("[PQS][OCU][RHE][TEU][_DE]*",),
}
OWN_HOLES = {
    "nokia_sros": {"interface": ("1/1/1", "1/1/c1/1"), "peer": HOLES["address"]},
    "nokia_srl": {"interface": ("ethernet-1/1", "lag1"), "peer": HOLES["address"]},
}
"""Where names look like nobody else's, and no neighbour goes without an address."""

HOSTILE = (
    "",
    "-x",
    "eth0;reboot",
    "$(reboot)",
    "`reboot`",
    "eth0|sh",
    "eth0\nreboot",
    "a>b",
    "../../x",
    "'",
    '"',
)


def _renderings(template: str, platform: str) -> Iterator[str]:
    """The template with its holes filled, one rendering a value."""
    known = HOLES | OWN_HOLES.get(platform, {})
    holes = {name for _, name, _, _ in Formatter().parse(template) if name}
    for index in range(max((len(known[hole]) for hole in holes), default=1)):
        yield template.format_map({hole: known[hole][index % len(known[hole])] for hole in holes})


def _samples(name: str, command: Command) -> list[tuple[str, dict[str, str]]]:
    found = []
    for output in sorted(ROOT.glob(f"{name}/samples/*/*/output.txt")):
        if not (output.parent / "facts.json").exists():
            continue
        arguments = command.match((output.parent / "command.txt").read_text(encoding="utf-8"))
        if arguments is not None:
            found.append((output.read_text(encoding="utf-8"), arguments))
    return found


def _facts(command: Command, output: str, arguments: dict[str, str]) -> list[Fact]:
    """The facts in an answer; none when it is not understood. Anything but ValueError is a fault."""
    try:
        return understand(command.parse, output, arguments)[0]
    except ValueError:
        return []


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_a_command_is_on_its_own_allow_list(name: str, command: Command) -> None:
    platform = platforms.get(name)
    for text in _renderings(command.template, name):
        assert platform.allows(text), text
        if command.privileged and platform.dialect.elevate:
            assert platform.allows(platform.dialect.elevate + text)


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_a_command_is_found_by_its_own_text(name: str, command: Command) -> None:
    for text in _renderings(command.template, name):
        found = platforms.get(name).command_for(text)
        assert found is not None and found[0].template == command.template


@pytest.mark.parametrize("name", platforms.names())
def test_what_recognises_a_platform_is_on_its_allow_list(name: str) -> None:
    dialect = platforms.get(name).dialect
    assert dialect.recognitions
    if dialect.recognise_by:
        assert platforms.get(name).allows(dialect.recognise_by)


@pytest.mark.parametrize("name", platforms.names())
def test_every_question_is_a_read_only_command(name: str) -> None:
    platform = platforms.get(name)
    for question, template in platform.questions.items():
        for text in _renderings(template, name):
            assert platform.allows(text), f"{question}: {text}"


@pytest.mark.parametrize("name", platforms.names())
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_never_makes_an_allowed_command(name: str, hostile: str) -> None:
    platform = platforms.get(name)
    templates = [command.template for command in platform.commands] + list(platform.questions.values())
    for template in filter(lambda text: "{" in text, templates):
        holes = {hole: hostile for _, hole, _, _ in Formatter().parse(template) if hole}
        assert not platform.allows(template.format_map(holes)), template


@pytest.mark.parametrize("name", platforms.names())
def test_no_two_commands_are_the_same(name: str) -> None:
    templates = [command.template for command in platforms.get(name).commands]
    assert len(templates) == len(set(templates))


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_an_empty_answer_holds_no_facts(name: str, command: Command) -> None:
    holes = re.findall(r"\{(\w+)\}", command.template)
    for blank in ("", "\n", "  \n\t\n"):
        found = understand(command.parse, blank, {hole: HOLES[hole][0] for hole in holes})
        assert found == ([], []), repr(blank)


JUNK = {
    "lists": "[" * 20_000,
    "objects": '{"a":' * 10_000,
    "dashes": "-" * 40_000,
    "spaces": " " * 40_000,
    "words": "a " * 20_000,
    "colons": ":\n" * 10_000,
    "binary": "\0\ufffd\n",
    "zero": "0",
}


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_junk_holds_no_facts_and_breaks_nothing(name: str, command: Command) -> None:
    holes = re.findall(r"\{(\w+)\}", command.template)
    for what, junk in JUNK.items():
        assert _round_trip(_facts(command, junk, {hole: HOLES[hole][0] for hole in holes})), what


def _assert_damage_breaks_nothing(name: str, command: Command, seed: int) -> None:
    chance = random.Random(seed)
    for output, arguments in _samples(name, command):
        assert _round_trip(_facts(command, _damage(output, chance), arguments))


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_a_damaged_answer_breaks_nothing(name: str, command: Command) -> None:
    _assert_damage_breaks_nothing(name, command, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "command"), COMMANDS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_no_damage_breaks_anything(name: str, command: Command, seed: int) -> None:
    _assert_damage_breaks_nothing(name, command, seed)


VALUE = re.compile(r'(?<=[:\[, ])("[^"\n]*"|-?\d[\d.]*|true|false)(?=[,\]}\s]|$)', re.MULTILINE)
STRANGE = (
    '""',
    '"N/A"',
    "null",
    "-1",
    "1e999",
    "99999999999999999999999",
    "[]",
    "{}",
    "true",
    '"\\ud800"',
    "NaN",
    "[null]",
)


def _damage(output: str, chance: random.Random) -> str:
    """The answer cut, with a piece lost, or with values that no device should give."""
    start, end = sorted(chance.randrange(len(output) + 1) for _ in range(2))
    match chance.randrange(4):
        case 0:
            return output[:end]
        case 1:
            return output[:start] + output[end:]
        case 2:
            return output[:start] + chance.choice('\0\x1b{}[]":,\n\u2028٣') + output[start:]
    rate = chance.choice((0.01, 0.1, 0.5))
    return VALUE.sub(lambda found: chance.choice(STRANGE) if chance.random() < rate else found[0], output)


def _round_trip(facts: list[Fact]) -> bool:
    """True when facts come back from the journal as they were: every field has its declared type."""
    return msgspec.json.decode(msgspec.json.encode(facts), type=list[AnyFact]) == facts
