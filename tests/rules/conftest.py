"""A check and a cause that are right, to be made wrong in one place; and the folder they stand in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from netdoctor.rules import Cause, Check
from netdoctor.rules.reader import read_cause, read_check

CHECK = {
    "title": "Received light is low",
    "on": "OpticLane",
    "applies": "admin_up && dom_supported",
    "params": "{margin_db: 2.0}",
    "fail": "input_power_dbm < input_power_low_alarm_dbm + margin_db",
    "severity": "{major: input_power_dbm < input_power_low_alarm_dbm, minor: true}",
    "leak": "rare",
    "message": '"{entity} receives {input_power_dbm:.1f} dBm"',
    "expected": "[input_power_low_alarm_dbm]",
    "docs": "{what: The light that arrives., why: Dirt takes light away.}",
    "cases": None,
}
"""One key a line: `title` on line 1, `on` on 2, … `cases` on 11, and the cases on 12 to 14."""

CAUSE = {
    "title": "Contaminated fibre connector",
    "at": "link",
    "prior": "0.004",
    "shows": "\n  - {check: optics.rx_low, how: usually, relation: one-end, where: input_power_dbm > -30.0}",
    "severity": "major",
    "remedy": "Clean the connector.",
    "explain": '"{entity}: {input_power_dbm:.1f} dBm arrive"',
    "docs": "{what: Dirt on the ferrule., why: It takes light away.}",
}
"""`shows` on line 4, what it lists from line 5 on."""

LIT = "admin_up: true, dom_supported: true"
ALARM = "input_power_low_alarm_dbm: -13.9"
CASES = {
    "good": f"{{name: good, fact: {{{LIT}, {ALARM}, input_power_dbm: -3.1}}, expect: pass}}",
    "dark": f"{{name: dark, fact: {{{LIT}, {ALARM}, input_power_dbm: -15}}, expect: fail}}",
    "mute": f"{{name: mute, fact: {{{LIT}, input_power_dbm: -15}}, expect: unknown}}",
}

Changes = dict[str, str | None]
Write = Callable[[str, str], Path]


def _yaml(keys: Changes, changes: Changes) -> str:
    lines = {**keys, **changes}
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)


def _listed(*cases: str) -> str:
    return "".join(f"\n  - {CASES.get(case, case)}" for case in cases)


@pytest.fixture
def cases() -> Callable[..., str]:
    """The value of `cases`: named ones (`good`, `dark`, `mute`), or written out."""
    return _listed


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes `rules/<path>` below the current folder, and gives the folder `rules`."""
    monkeypatch.chdir(tmp_path)
    folder = Path("rules")

    def put(path: str, text: str) -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return folder

    return put


@pytest.fixture
def write_check(write: Write) -> Callable[..., Path]:
    """Writes the check `optics.rx_low` with some keys changed; None leaves one out."""
    base: Changes = {**CHECK, "cases": _listed(*CASES)}
    return lambda **changes: write("optics/rx_low.yaml", _yaml(base, changes))


@pytest.fixture
def write_cause(write: Write) -> Callable[..., Path]:
    """Writes the cause `optics.dirty` with some keys changed."""
    return lambda **changes: write("causes/optics/dirty.yaml", _yaml({**CAUSE}, changes))


@pytest.fixture
def make_check(write_check: Callable[..., Path]) -> Callable[..., Check]:
    """The check `optics.rx_low` with some keys changed."""
    return lambda **changes: read_check(write_check(**changes) / "optics/rx_low.yaml", "optics.rx_low").rule


@pytest.fixture
def make_cause(write_cause: Callable[..., Path]) -> Callable[..., Cause]:
    """The cause `optics.dirty` with some keys changed."""
    return lambda **changes: (
        read_cause(write_cause(**changes) / "causes/optics/dirty.yaml", "optics.dirty").rule
    )
