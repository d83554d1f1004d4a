"""An answer as people paste it: with the prompt and the command before it, indented, cut by a filter.

Nothing here changes the number of a line: what is taken away leaves a blank one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.base import Command, Platform

_FILTER = re.compile(
    r" ?\| ?(?:i(?:nc?(?:lude)?)?|ex(?:c(?:lude)?)?|sec(?:tion)?|b(?:eg(?:in)?)?|grep|egrep|match|except"
    r"|count|last|head|tail|find|awk|sort|display (?!json|xml)).*$"
)
_FROM_ROOT = re.compile(r"^/ ?(?=(?:show|info|admin|tools)\b)|(?<=^show )/ ?(?=[a-z])")
"""A command that begins at the root of a tree whatever the context it is typed in (SR Linux, SR OS)."""
_SERVICE = re.compile(r"^(show router )service-name (?=\S+ )")
"""SR OS also names a VPRN so; its parsers read `show router NAME`."""
_PROMPT = r"(?:[\w.@:/~()\[\]*-]{1,80} ?[>#$%]) ?"
_STRUCTURED = {
    "{": (" | json", " | json native", " | display json", " | as json", " json"),
    "[": (" | json", " | json native", " | display json", " | as json", " json"),
    "<": (" | display xml", " | xml"),
}


def reader_of(platform: Platform, command: str, output: str = "") -> tuple[Command, dict[str, str]] | None:
    """The command whose parser reads the answer to `command`, with its arguments.

    The command is found as it is written, without what only cuts its answer (`| no-more`, `| include x`),
    with the suffix that a structured answer gives away, and at last with its words cut short.
    """
    ways = list(dict.fromkeys(_spellings(command, output)))
    for text in ways:
        if found := platform.command_for(text):
            return found
    for text in ways:
        if found := _abbreviated(platform, text):
            return found
    return None


def _spellings(command: str, output: str) -> Iterator[str]:
    text = " ".join(command.split()).replace("'", '"').removeprefix("sudo ")
    text = re.sub(r" \([^()]*\)$", "", text)
    text = _SERVICE.sub(r"\1", _FROM_ROOT.sub("", text))
    text = re.sub(r"\s*\| *(?=\w)", " | ", text).replace(" | no-more", "")
    whole = _FILTER.sub("", text)
    suffixes = _STRUCTURED.get(output.lstrip()[:1], ())
    for way in (text, whole):
        for suffix in suffixes:
            if suffix.strip(" |") not in way:
                yield f'{way[:-1]}{suffix}"' if way.endswith('"') else way + suffix
    yield text
    yield whole


def _abbreviated(platform: Platform, text: str) -> tuple[Command, dict[str, str]] | None:
    """The one parser that reads a command of which `text` is short; None where several may be meant.

    A keyword is rather meant than a name: of `show interface stat`, `stat` is no interface.
    """
    found = [
        (command, arguments)
        for command in platform.commands
        if (arguments := command.match(text, abbreviated=True)) is not None
    ]
    fewest = min((len(arguments) for _, arguments in found), default=0)
    closest = [one for one in found if len(one[1]) == fewest]
    return closest[0] if len({command.parse for command, _ in closest}) == 1 else None


def answer(output: str, command: str) -> str:
    """What the device said: no prompt, no echo of the command, no indent that all lines share."""
    lines = output.expandtabs().splitlines()
    start, prompt = _echo(lines, command)
    end = _end(lines, start, prompt)
    said = lines[start:end]
    indent = min((len(line) - len(line.lstrip()) for line in said if line.strip()), default=0)
    return "\n".join(["" for _ in range(start)] + [line[indent:].rstrip() for line in said])


def _echo(lines: list[str], command: str) -> tuple[int, str | None]:
    """Where the answer starts, and the prompt before the echo; None where there was no prompt."""
    words = re.escape(" ".join(command.split())).replace(r"\ ", r"\s+")
    echo = re.compile(rf"\s*(?P<prompt>{_PROMPT})?\s*{words}\s*", re.IGNORECASE)
    prompted = re.compile(rf"\s*(?P<prompt>{_PROMPT})\s*(?:show|sh|do|display|info|vtysh|cat|ip|admin)\b.*")
    for number, line in enumerate(lines):
        if found := echo.fullmatch(line):
            return number + 1, found["prompt"]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    other = prompted.fullmatch(lines[first]) if lines else None
    return (first + 1, other["prompt"]) if other else (0, None)


def _end(lines: list[str], start: int, prompt: str | None) -> int:
    """Where the next prompt stands, or the end."""
    if prompt is None:
        return len(lines)
    again = prompt.strip()
    return next(
        (number for number in range(start, len(lines)) if lines[number].strip().startswith(again)), len(lines)
    )
