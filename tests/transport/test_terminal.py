"""What a terminal would show of the bytes a device sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.transport.terminal import clean


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain\ntext\n", "plain\ntext\n"),
        (b"a\r\nb\r\r\nc\n\rd\n", "a\nb\nc\nd\n"),
        (b"tab\tstays", "tab\tstays"),
        (b"\x1b[1;31mred\x1b[0m", "red"),
        (b"\x1b]0;title\x07text \x1b]2;other\x1b\\more", "text more"),
        (b"\x1b(B\x1b=\x1b>text\x1bM", "text"),
        (b"\x1bP1$r0m\x1b\\text", "text"),
        ("\x9b31mred".encode(), "red"),
        (b"bell\x07 null\x00 delete\x7f", "bell null delete"),
        ("\x85next".encode(), "next"),
        (b"caf\xc3\xa9 \xff\xfe", "café \ufffd\ufffd"),
        (b"--More--\r        \rnext", "next"),
        (b"--More--\r\x1b[Knext", "next"),
        (b"--More--\x1b[2K\rnext", "next"),
        (b" --More-- " + b"\b" * 10 + b" " * 10 + b"\b" * 10 + b"next", "next"),
        (b"12%\r57%\r100% done", "100% done"),
        (b"abcdef\rXY", "XYcdef"),
        (b"abc\bX", "abX"),
        (b"\b\b\bx", "x"),
        (b"ends with return\r", "ends with return"),
        (b"cut \x1b[", "cut "),
        (b"cut \x1b", "cut "),
        (b"\x1b]never ended\nnext line", "\nnext line"),
        (b"\x1a\x1a\x1b[Kx", "x"),
        (b"", ""),
    ],
)
def test_clean(raw: bytes, shown: str) -> None:
    assert clean(raw) == shown


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [b"\r", b"\n", b"\b", b"\x1b", b"[", b"K", b"2", b"]", b";", b"\x07", b"\x9b", b"\xc2\x9b", b"a"]
        ),
        st.binary(max_size=4),
    ),
    max_size=30,
)


@given(PIECES)
def test_nothing_that_moves_a_cursor_is_left_and_no_line_is_lost(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    shown = clean(raw)
    assert not [c for c in shown if (ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0]
    assert shown.count("\n") == raw.count(b"\n")
    assert clean(shown.encode()) == shown
