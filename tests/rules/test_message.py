"""Sentences with holes: plain names and plain formats only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.rules.message import MessageError, check_message, format_message
from netdoctor.rules.names import BOOL, DOUBLE, INT, STRING, Type

NAMES = {
    "power_dbm": DOUBLE,
    "count": INT,
    "up": BOOL,
    "entity": STRING,
    "hops": Type("list", element=STRING),
}


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("no holes", {}, "no holes"),
        ("{power_dbm:.1f} dBm", {"power_dbm": -15.83}, "-15.8 dBm"),
        ("{power_dbm:+.2f}", {"power_dbm": 1.0}, "+1.00"),
        ("{count:,}", {"count": 1234567}, "1,234,567"),
        ("{count:d} of {count:.0f}", {"count": 7}, "7 of 7"),
        ("{up}", {"up": True}, "yes"),
        ("{up}", {"up": False}, "no"),
        ("{hops}", {"hops": ("a", "b")}, "a, b"),
        ("{at}", {"at": datetime(2024, 5, 1, 12, tzinfo=UTC)}, "2024-05-01T12:00:00Z"),
        ("{power_dbm:.1f} dBm", {}, "? dBm"),
        ("{power_dbm:.1f} dBm", {"power_dbm": None}, "? dBm"),
        ("{count:d}", {"count": "many"}, "many"),
        ("{{{count}}}", {"count": 1}, "{1}"),
    ],
)
def test_holes_are_filled(template: str, values: dict[str, Any], text: str) -> None:
    assert format_message(template, values) == text


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{entity.__class__}", r"\{entity.__class__\} is not a plain name"),
        ("{hops[0]}", r"\{hops\[0\]\} is not a plain name"),
        ("{entity!r}", r"\{entity!r\} is not a plain name"),
        ("{}", r"\{\} is not a plain name"),
        ("{0}", r"\{0\} is not a plain name"),
        ("{count:{count}}", "the format '{count}' of {count} is not a plain one"),
        ("{count:>99999999}", "the format '>99999999' of {count} is not a plain one"),
        ("{count", "is no message: "),
        ("count}", "is no message: "),
        ("{cuont}", "unknown name 'cuont' in a hole, did you mean 'count'?"),
        ("{entity:.1f}", "the format '.1f' is for numbers, and entity is of type string"),
        ("{up:d}", "the format 'd' is for numbers, and up is of type bool"),
        ("{power_dbm:d}", "the format 'd' is for whole numbers, and power_dbm is of type double"),
    ],
)
def test_other_holes_are_refused(template: str, problem: str) -> None:
    with pytest.raises(MessageError, match=problem):
        check_message(template, NAMES)


VALUE = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.text(alphabet="ab{}:!.[]0_df,+%", max_size=40), st.dictionaries(st.sampled_from("ab"), VALUE))
def test_any_template_is_filled_or_refused(template: str, values: dict[str, Any]) -> None:
    try:
        assert isinstance(format_message(template, values), str)
    except MessageError:
        with pytest.raises(MessageError):
            check_message(template, {"a": INT, "b": STRING})


@given(VALUE, st.sampled_from(["", ".1f", "d", ",", "+.2e", "_d", "%", ".3g"]))
def test_any_value_fills_any_hole(value: Any, spec: str) -> None:
    assert isinstance(format_message(f"{{a:{spec}}}", {"a": value}), str)
