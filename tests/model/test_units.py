"""Durations as people type them."""

import pytest

from netdoctor.model.units import duration_s


@pytest.mark.parametrize(
    ("text", "expected_s"),
    [
        ("90", 90.0),
        ("90s", 90.0),
        ("15m", 900.0),
        ("1h", 3600.0),
        ("1h30m", 5400.0),
        ("2d", 172800.0),
        ("0.5h", 1800.0),
    ],
)
def test_understood(text: str, expected_s: float) -> None:
    assert duration_s(text) == expected_s


@pytest.mark.parametrize("text", ["", "h", "1x", "-5", "1h 30m", "ten", "1h30"])
def test_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 90s"):
        duration_s(text)
