"""How IOS-XR answers are read: a line with the time of the answer, then text.

`Mon Jan  1 00:00:00.000 UTC` stands first in every answer, unless the device was told otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import EMPTY
from netdoctor.platforms.text import Block, Line, Read, blocks, each, lines

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
STAMP = re.compile(
    rf"^[ \t]*{_DAY} {_MONTH} +\d{{1,2}} \d\d:\d\d:\d\d(?:\.\d{{1,6}})?(?: [\w:+-]{{1,12}})?(?:"
    rf" \d{{4}})?[ \t\r]*$",
    re.M,
)
_HEAD = 1000
"""The time stands in the first characters of an answer."""
_NONE = re.compile(
    r"^[ \t]*%[^\n]{0,200}?(?:\bnot (?:active|enabled|configured|running|found|in"
    r" table|exist|installed|present|available)\b"
    r"|\bno (?:such|matching|entries|entry|bundles?|neighbou?rs?|sessions?|instances?|routes?|data)\b"
    r"|\bnone of the\b|\bdoes not exist\b|\bis not up\b)",
    re.M | re.I,
)


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def said(output: str) -> str:
    """The answer without the line that says when it was given; lines keep their numbers."""
    text = output.expandtabs() if "\t" in output else output
    return STAMP.sub("", text[:_HEAD], count=2) + text[_HEAD:]


def none_said(output: str) -> bool:
    """True for an answer that holds nothing but its time, or a message that there is nothing to show."""
    rest = said(output)
    return not rest.strip() or _NONE.search(rest) is not None


def found_in(items: Iterator[Fact | Note], output: str) -> Iterator[Fact | Note]:
    """The facts and notes; EMPTY where there are none because the device says that there is nothing."""
    nothing = True
    for item in items:
        nothing = nothing and isinstance(item, Note)
        yield item
    if nothing and none_said(output):
        yield EMPTY


def each_block(output: str, start: re.Pattern[str], read: Callable[[Block], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every block that begins where `start` matches."""
    return found_in(each(blocks(said(output), start), read), output)


def marked(output: str, words: str, start: re.Pattern[str]) -> Iterator[Block]:
    """The blocks that begin with a line that has these words and matches `start`.

    Of a long answer only these lines are matched: a pattern over all of it costs more.
    """
    heads: list[tuple[int, re.Match[str]]] = []
    place = output.find(words)
    while place >= 0:
        begin, end = output.rfind("\n", 0, place) + 1, output.find("\n", place)
        if head := start.match(output[begin : end if end >= 0 else None]):
            heads.append((begin, head))
        place = output.find(words, end) if end >= 0 else -1
    number, counted = 1, 0
    for (begin, head), end in zip(heads, [*(begin - 1 for begin, _ in heads[1:]), len(output)], strict=False):
        number += output.count("\n", counted, begin)
        counted = begin
        yield Block(number, head, output[begin:end])


def row(text: str, words: str) -> str:
    """The line in which the words stand, `""` where they do not."""
    middle = text.find(words)
    if middle < 0:
        return ""
    end = text.find("\n", middle)
    return text[text.rfind("\n", 0, middle) + 1 : end if end > 0 else len(text)]


def each_marked(
    output: str, words: str, start: re.Pattern[str], read: Callable[[Block], Read]
) -> Iterator[Fact | Note]:
    """What `read` makes of every block of `marked`."""
    return found_in(each(marked(said(output), words, start), read), output)


def each_line(output: str, read: Callable[[Line], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every line that is not blank."""
    return found_in(each(lines(said(output)), read), output)
