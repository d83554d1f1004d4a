"""The event stream, `netdoctor.event/1`: one typed event a line, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netdoctor.model.codec import encode_entry
from netdoctor.model.events import Entry
from netdoctor.report.json import printable


def render(entries: Iterable[Entry]) -> Iterator[str]:
    """One line an entry, each with its line end."""
    for entry in entries:
        yield printable(encode_entry(entry).decode()) + "\n"
