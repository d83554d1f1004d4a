"""What a terminal would show of the bytes a device sent: no escapes, no control characters."""

from __future__ import annotations

import re

_TAB, _LINE_FEED = "\t", "\n"

_ESCAPE = re.compile(
    r"\x1b\[(?P<erase>[02]?K)"  # erase in line, kept apart: pagers wipe their prompt with it
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC: window titles
    r"|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"  # two-character escapes
)
"""ECMA-48 control functions; none of them reaches over a line end, so that a cut one costs one line."""

_CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ERASE = "\x1a"
"""Stands for «erase in line» between the two passes; a SUB sent by the device itself is dropped first."""
_ERASURES = {"K": _ERASE, "0K": _ERASE, "2K": f"\r{_ERASE}"}
_MOVES = re.compile(rf"[\r\b{_ERASE}]|[^\r\b{_ERASE}]+")


def clean(raw: bytes) -> str:
    """The text in what a device sent: UTF-8 (what is not becomes U+FFFD), lines ended by `\\n`."""
    text = raw.decode("utf-8", "replace")
    if "\x1b" in text or "\x9b" in text:
        text = text.replace(_ERASE, "")
        text = _ESCAPE.sub(lambda found: _ERASURES.get(found["erase"], ""), text)
    text = text.replace("\r\n", "\n").replace("\r\n", "\n")
    if "\r" in text or "\b" in text or _ERASE in text:
        text = "\n".join(_overwritten(line) for line in text.split("\n"))
    return _CONTROL.sub("", text)


def _overwritten(line: str) -> str:
    """A line after its carriage returns, backspaces and erasures have done their work."""
    line = line.strip("\r")
    if not ("\r" in line or "\b" in line or _ERASE in line):
        return line
    shown, column = "", 0
    for piece in _MOVES.findall(line):
        if piece == "\r":
            column = 0
        elif piece == "\b":
            column = max(0, column - 1)
        elif piece == _ERASE:
            shown = shown[:column]
        else:
            shown = shown[:column].ljust(column) + piece + shown[column + len(piece) :]
            column += len(piece)
    return shown.rstrip(" ")
