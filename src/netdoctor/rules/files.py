"""The shape of check and cause files, as they stand in `checks/`. Reading them is `reader.py`'s work."""

from __future__ import annotations

from typing import Any, Literal, cast

import msgspec

from netdoctor.model.findings import Area, Severity, Value

How = Literal["always", "usually", "often", "sometimes"]
WEIGHTS: dict[How, float] = {"always": 0.95, "usually": 0.80, "often": 0.50, "sometimes": 0.20}
"""P(the finding shows | the cause is at work), for each word."""

Leak = Literal["never", "rare", "occasional", "common"]
LEAKS: dict[Leak, float] = {"never": 0.001, "rare": 0.01, "occasional": 0.05, "common": 0.15}
"""P(the finding shows | none of our causes is at work), for each word."""

Locus = Literal["device", "interface", "link", "bgp", "prefix", "host", "path", "service"]
"""What kind of place a cause stands on."""

Relation = Literal[
    "here",
    "one-end",
    "both-ends",
    "far-end",
    "same-device",
    "same-parent-port",
    "over-link",
    "under",
    "on-path",
    "upstream",
    "same-prefix",
    "same-vlan",
]
"""Where, seen from the cause's place, a finding stands. Meanings: docs/architecture.md."""

Expectation = Literal["pass", "fail", "unknown", "not_applicable"]


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Docs(_Record, frozen=True, kw_only=True):
    """The page of a check or a cause."""

    what: str
    why: str
    next: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


class Case(_Record, frozen=True, kw_only=True):
    """One example: a fact as `netdoctor parse` prints it (without `type`), and what is expected of it."""

    name: str
    fact: dict[str, Any]
    expect: Expectation
    severity: Severity | None = None
    message: str | None = None
    """Where given, the finding's title must be exactly this, on device `d1`."""


class Check(_Record, frozen=True, kw_only=True):
    """One check. `fail`, `applies` and `severity`'s values are CEL over the fact's fields and `params`."""

    id: str = ""
    """`area.name`, from the file's path; never written in the file."""
    title: str
    on: str
    """The fact type it reads."""
    applies: str = "true"
    """False: the check says nothing of this fact."""
    params: dict[str, Value | tuple[Value, ...]] = {}
    fail: str
    severity: Severity | dict[Severity, str | bool]
    """A word, or conditions tried in the order written; the first true one gives the word."""
    leak: Leak = "rare"
    message: str
    """The finding's title, with `{field}`, `{field:.1f}`, `{param}` and `{entity}` holes."""
    expected: tuple[str, ...] = ()
    """Which of the names used are what was expected; all others used are what was measured."""
    docs: Docs
    cases: tuple[Case, ...]
    was: tuple[str, ...] = ()
    """Ids that this check had before."""

    @property
    def area(self) -> Area:
        """From the id; the reader takes only the contract's areas."""
        return cast("Area", self.id.partition(".")[0])


class Shows(_Record, frozen=True, kw_only=True):
    """A finding that a cause makes, or under `against` one that speaks against it."""

    check: str
    how: How
    relation: Relation = "here"
    where: str | None = None
    """CEL over the finding's measured and expected values: only a finding for which it is true counts."""


class Confirm(_Record, frozen=True, kw_only=True):
    """The question whose answer settles a cause against its look-alikes."""

    ask: str
    """A question id; each platform's `QUESTIONS` says which command asks it."""
    at: Literal["here", "far-end"] = "here"
    why: str
    expect: str
    intrusive: bool = False


class Cause(_Record, frozen=True, kw_only=True):
    """One cause, with what it shows and how it is confirmed."""

    id: str = ""
    title: str
    at: Locus
    prior: float
    """Its mass over the whole network, divided over the places it could stand on."""
    shows: tuple[Shows, ...]
    against: tuple[Shows, ...] = ()
    confirm: tuple[Confirm, ...] = ()
    severity: Severity
    remedy: str
    explain: str
    """One or two sentences with numbers: `{entity}`, and the measured and expected values of its findings."""
    docs: Docs
    was: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True):
    """All checks and causes of a run, by id, sorted."""

    checks: dict[str, Check]
    causes: dict[str, Cause]
