"""How events, reports and bundles become bytes and come back."""

from __future__ import annotations

from typing import Any

import msgspec

from netdoctor.model.events import Entry

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Entry)


class UndecodableEntry(ValueError):
    """A journal line that is not an entry: cut off, edited, or from a newer netdoctor."""


def encode_entry(entry: Entry) -> bytes:
    """One line of JSON, without the line end."""
    return _encoder.encode(entry)


def decode_entry(line: bytes) -> Entry:
    """The entry in one line. Raises UndecodableEntry."""
    try:
        return _decoder.decode(line)
    except msgspec.MsgspecError as error:
        raise UndecodableEntry(str(error)) from error


def encode_pretty(value: Any) -> bytes:
    """Indented JSON with a line end, keys in the order given."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
