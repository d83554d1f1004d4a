"""What a platform is: a dialect, an allow-list, and commands with their parsers beside them."""

from __future__ import annotations

import gc
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Area, Reason

Understood = Iterable[Fact | Note]
Parser = Callable[..., Understood]
Arguments = Callable[[Sequence[Fact]], Iterable[Mapping[str, str]]]

_UNSAFE = re.compile(r"[\x00-\x1f\x7f;`<>\\&]|\$\(|\$\{|\|\|")
"""Never in any command, whatever a platform allows: control characters, chaining, substitution, redirects."""


class NotUnderstood(ValueError):
    """An answer that has text in it, of which its parser understood nothing."""


@dataclass(frozen=True)
class Refusal:
    """How a device says no, and what that means."""

    pattern: re.Pattern[str]
    reason: Reason


@dataclass(frozen=True)
class Recognition:
    """One sign that a device is of this platform."""

    source: Literal["server_version", "banner", "prompt", "output"]
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Dialect:
    """How a platform is spoken to over SSH."""

    mode: Literal["exec", "shell"]
    """`exec`: one channel a command. `shell`: one terminal, with a prompt and paging."""
    prompt: re.Pattern[str]
    """Matches the prompt at the end of what a shell has printed."""
    paging_off: tuple[str, ...] = ()
    pager: re.Pattern[str] | None = None
    """What a pager asks when paging could not be turned off; answered with a space."""
    refusals: tuple[Refusal, ...] = ()
    """Tried in order on the start of an answer (and on stderr)."""
    max_channels: int = 8
    """At most so many commands at once on one connection (OpenSSH's MaxSessions is 10)."""
    elevate: str | None = None
    """Prefix for a second try of a `privileged` command that was refused, such as `sudo -n `."""
    enable: str | None = None
    """What a shell is told after login, to be allowed to show more (`enable`); it may ask for a password."""
    search: str | None = None
    """Prefix for another try of a command that the shell did not find (POSIX exit status 127): a folder
    that is not on every user's path, such as `/usr/sbin/`."""
    recognise_by: str | None = None
    """A harmless command whose output tells the platform; part of the allow-list."""
    recognitions: tuple[Recognition, ...] = ()


@dataclass(frozen=True)
class Command:
    """A read-only command, what it tells, and the parser of its answer."""

    template: str
    """With `{name}` holes filled from `arguments`."""
    parse: Parser
    """Called as `parse(output, **arguments)`; yields facts and notes, and raises as little as it can.

    A parser that has a parameter `at` also gets the time of the answer, for dates without a year and for
    ages that the device gives as dates.
    """
    area: Area
    gives: tuple[type[Fact], ...]
    sampled: bool = False
    """True: run twice, an interval apart; its counters are judged by the difference."""
    privileged: bool = False
    """True: refused for want of rights, it is tried once more behind the dialect's `elevate`."""
    targets_only: bool = False
    """True: not asked of neighbours."""
    arguments: Arguments | None = None
    """Gives the arguments of each run from the facts learned so far; None: the template has no holes."""
    timeout_s: float = 15.0
    aliases: tuple[str, ...] = ()
    """Other ways to write the command, whose answers the parser reads too; they are never sent.

    `[ vrf {vrf}| all]` may be missing, `{interface*}` is one or more words; the parser has a default for
    each argument that may be missing, and need not take those it has no use for.
    """

    def match(self, text: str, *, abbreviated: bool = False) -> dict[str, str] | None:
        """The arguments with which this template, or an alias, becomes `text`, or None.

        With `abbreviated`, words may be cut short as command lines allow (`sh int stat`).
        """
        wanted = " ".join(text.split())
        for template in (self.template, *self.aliases):
            if match := _pattern(template, abbreviated).fullmatch(wanted):
                return {name: value for name, value in match.groupdict().items() if value is not None}
        return None

    def render(self, arguments: Mapping[str, str]) -> str:
        return self.template.format_map(arguments)


_PARTS = re.compile(
    r"\{(?P<hole>\w+)(?P<words>\*?)\}|(?P<open>\[)|(?P<close>\])|(?P<word>[A-Za-z][A-Za-z-]{2,})|(?P<other>.)"
)


@cache
def _pattern(template: str, abbreviated: bool = False) -> re.Pattern[str]:
    """What a template or alias matches: `{name}` one word, `{name*}` one or more, `[a|b]` may be missing."""
    return re.compile(
        "".join(_part(part, abbreviated) for part in _PARTS.finditer(template)), re.I if abbreviated else 0
    )


def _part(part: re.Match[str], abbreviated: bool) -> str:
    if part["hole"]:
        word = r"[^\s\"'|]+"
        return f"(?P<{part['hole']}>{word}(?: {word})*)" if part["words"] else f"(?P<{part['hole']}>{word})"
    if part["open"]:
        return "(?:"
    if part["close"]:
        return ")?"
    if part["word"] and abbreviated:
        head, tail = part["word"][:2], part["word"][2:]
        return re.escape(head) + "".join(f"(?:{re.escape(letter)}" for letter in tail) + ")?" * len(tail)
    text = part["word"] or part["other"]
    return "|" if text == "|" and _in_brackets(part) else re.escape(text)


def _in_brackets(part: re.Match[str]) -> bool:
    return part.string.rfind("[", 0, part.start()) > part.string.rfind("]", 0, part.start())


def command(
    template: str, *, area: Area, gives: tuple[type[Fact], ...], **options: Any
) -> Callable[[Parser], Parser]:
    """Marks a parser as the reader of `template`: `@command("show version | json", area="device", …)`.

    A parser may read several templates. The commands are found by walking the platform's folder.
    """

    def mark(parser: Parser) -> Parser:
        found: list[Command] = vars(parser).setdefault("commands", [])
        # Decorators apply from the bottom up; the commands stand in the order they are written.
        found.insert(0, Command(template=template, parse=parser, area=area, gives=gives, **options))
        return parser

    return mark


@dataclass(frozen=True)
class Platform:
    """One platform: everything that netdoctor knows about one vendor's operating system."""

    name: str
    title: str
    dialect: Dialect
    commands: tuple[Command, ...]
    allow: tuple[re.Pattern[str], ...]
    """A command is allowed when one of these matches all of it, and nothing in it is unsafe."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """How to ask, here, what cause files ask in `confirm`: question id to command, with `{interface}`,
    `{peer}`, `{prefix}`, `{address}` or `{queue}` holes."""
    normalise_interface: Callable[[str], str] = str
    """The device's own long form of an interface name in any of its usual short forms."""

    def allows(self, text: str) -> bool:
        """True when `text` is read-only by this platform's allow-list. Nothing else ever reaches a wire."""
        if _UNSAFE.search(text):
            return False
        return any(pattern.fullmatch(text) for pattern in self.allow)

    def command_for(self, text: str) -> tuple[Command, dict[str, str]] | None:
        """The command that `text` is a run of, with its arguments."""
        for candidate in self.commands:
            if (arguments := candidate.match(text)) is not None:
                return candidate, arguments
        return None

    def asks_for(self, fact_type: type[Fact]) -> Command | None:
        """The first command that gives facts of a type."""
        return next((candidate for candidate in self.commands if fact_type in candidate.gives), None)

    def refusal(self, output: str) -> Reason | None:
        """The reason why an answer is a refusal, or None when it is an answer."""
        head = output[:2000]
        return next((r.reason for r in self.dialect.refusals if r.pattern.search(head)), None)


EMPTY: Final = Note(text="(none)")
"""Yielded by a parser that read a well-formed answer which says «there are none»."""


def understand(
    parse: Parser, output: str, arguments: Mapping[str, str] | None = None, at: datetime | None = None
) -> tuple[list[Fact], list[Note]]:
    """Runs a parser over an answer and sorts facts from notes. `at` is when the answer came.

    Raises NotUnderstood when there is text and the parser made nothing of it: «none» is only ever said by
    a parser that yields EMPTY. Whatever else a parser raises is the caller's to record.
    """
    facts: list[Fact] = []
    notes: list[Note] = []
    if not output.strip():
        return facts, notes
    empty = False
    offered: dict[str, Any] = {**(arguments or {}), "at": at}
    given = {name: offered[name] for name in _parameters(parse) if offered.get(name) is not None}
    with _no_collection():
        for item in parse(output, **given):
            if item is EMPTY:
                empty = True
            elif isinstance(item, Note):
                notes.append(item)
            else:
                facts.append(item)
    if not facts and not empty:
        raise NotUnderstood(notes[0].text if notes else "no facts in a non-empty answer")
    return facts, notes


@contextmanager
def _no_collection() -> Iterator[None]:
    """Answers and facts are trees without cycles. While a large one grows, the collector would go over all
    of it again and again, and take longer than the reading from some hundred ports on."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _parameters(parse: Parser) -> tuple[str, ...]:
    return tuple(inspect.signature(parse).parameters)[1:]
