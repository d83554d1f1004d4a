"""The device itself: what it is, how long it runs, its clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from netdoctor.model.facts import Clock, ConfigChange, DeviceInfo, Fact
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    inner,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    seconds,
    told_in,
    tree,
)
from netdoctor.platforms.values import duration_s, text

_RELEASE = re.compile(r"\[(\d+\.\d+[A-Z][^\]\s]*)\]")
_VERSION = {
    "host-name": re.compile(r"^\s*Hostname: *(\S+)", re.M),
    "product-model": re.compile(r"^\s*Model: *(\S+)", re.M),
    "junos-version": re.compile(r"^\s*Junos: *(\S+)", re.M),
    "serial-number": re.compile(r"^\s*Serial Number: *(\S+)", re.M | re.I),
    "hardware-model": re.compile(r"^\s*Hardware Model: *(\S+)", re.M | re.I),
    "os-version": re.compile(r"^\s*OS version: *(\S+)", re.M | re.I),
}


@query(
    "show version",
    also=(
        "show version {rest*}",
        "show system information",
        "get-software-information[ {rest*}]",
        "get-system-information",
    ),
    area="device",
    gives=(DeviceInfo,),
)
def version(output: str) -> Read:
    """Name, model and release; of several routing engines the first that answers."""
    if not output.strip():
        return
    found = tree(output)
    if found is None:
        told = told_in(output, _VERSION)
        release = leaf(told, "junos-version") or _release(re.findall(r"^\s*JUNOS [^\n]*", output, re.M))
    else:
        known = roots(found, "software-information", "system-information")
        told = known[0][1] if known else {}
        comments = [said for one in nodes(told, "package-information") if (said := leaf(one, "comment"))]
        release = leaf(told, "junos-version") or _release(comments)
    if not told and release is None:
        raise NotUnderstood("no software information")
    yield DeviceInfo(
        hostname=leaf(told, "host-name"),
        vendor="Juniper",
        model=leaf(told, "product-model") or leaf(told, "hardware-model"),
        os_version=release or leaf(told, "os-version"),
        serial=text(leaf(told, "serial-number")),
    )


def _release(packages: list[str]) -> str | None:
    """Older releases say theirs only behind the packages' names; the newest kernels bear a build there."""
    found = (_RELEASE.search(said) for said in packages)
    return next((match[1] for match in found if match), None)


_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_ZONES |= {"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9}
_TIME = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: ([A-Z]{2,5}|[+-]\d{2,4}))?")
_UPTIME = {
    "current": re.compile(r"^\s*Current time: *([^\n]+)", re.M),
    "source": re.compile(r"^\s*Time Source: *([^\n]+)", re.M),
    "booted": re.compile(r"^\s*System booted: *([^\n]+)", re.M),
    "configured": re.compile(r"^\s*Last configured: *([^\n]+)", re.M),
}


def moment(said: str | None, epoch_s: float | None = None) -> datetime | None:
    """A date as Junos writes it, with the zone's name behind it; None where the zone is not known."""
    if epoch_s is not None and 0 < epoch_s < 2**33:
        return datetime.fromtimestamp(epoch_s, UTC)
    found = _TIME.search(said or "")
    if found is None:
        return None
    zone = found[2] or "UTC"
    hours = _ZONES.get(zone)
    if hours is None and zone[0] in "+-":
        hours = int(zone[:3])
    if hours is None:
        return None
    try:
        return (datetime.fromisoformat(found[1]) - timedelta(hours=hours)).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


@query(
    "show system uptime",
    also=("show system uptime {rest*}", "get-system-uptime-information[ {rest*}]"),
    area="device",
    gives=(DeviceInfo, Clock, ConfigChange),
)
def uptime(output: str) -> Read:
    """How long it runs, its time, and who last changed its configuration."""
    if not output.strip():
        return
    found = tree(output)
    if found is None:
        yield from _uptime_text(output)
        return
    known = roots(found, "system-uptime-information")
    if not known:
        raise NotUnderstood("no 'system-uptime-information'")
    yield from _uptime(known[0][1])


def _uptime(found: Node) -> Iterator[Fact]:
    booted, current, changed = (
        inner(found, f"{name}-time") for name in ("system-booted", "current", "last-configured")
    )
    up_s = seconds(booted, "time-length")
    yield DeviceInfo(uptime_s=duration_s(leaf(booted, "time-length")) if up_s is None else up_s)
    source = leaf(found, "time-source")
    now = moment(leaf(current, "date-time"), seconds(current, "date-time"))
    if now or source:
        yield Clock(device_time=now, synchronised="NTP" in source.upper() if source else None)
    at, user = moment(leaf(changed, "date-time"), seconds(changed, "date-time")), leaf(changed, "user")
    if at:
        yield ConfigChange(
            at=at, user=user, summary=f"last configured by {user}" if user else "last configured"
        )


def _uptime_text(output: str) -> Iterator[Fact]:
    told = told_in(output, _UPTIME)
    booted = re.search(r"\(([^()]+) ago\)", told.get("booted", ""))
    up = re.search(r"\bup ([^\n]+?), +\d+ users?", output)
    up_s = duration_s(booted[1]) if booted else duration_s(up[1]) if up else None
    if up_s is None and "current" not in told:
        raise NotUnderstood("no uptime")
    yield DeviceInfo(uptime_s=up_s)
    now, source = moment(told.get("current")), told.get("source")
    if now or source:
        yield Clock(device_time=now, synchronised="NTP" in source.upper() if source else None)
    changed = told.get("configured", "")
    if at := moment(changed):
        by = re.search(r"\bby (\S+)", changed)
        user = text(by[1]) if by else None
        yield ConfigChange(
            at=at, user=user, summary=f"last configured by {user}" if user else "last configured"
        )


_COMMIT = re.compile(
    r"^[ \t]*(?P<number>\d+) +(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [A-Z]{2,5})?) by "
    r"(?P<user>\S+) via (?P<via>\S+)(?P<rest>[^\n]*)"
    r"(?:\n[ \t]{2,}(?P<comment>\S[^\n]*))?",
    re.MULTILINE,
)


@query("show system commit", also=("get-commit-information",), area="device", gives=(ConfigChange,))
def commits(output: str) -> Read:
    """The last changes of the configuration: who, when, by what way."""
    found = tree(output)
    if found is None:
        for row in _COMMIT.finditer(output):
            comment = row["comment"] if row["comment"] and not _COMMIT.match(row["comment"]) else None
            yield _commit(
                row["number"], moment(row["time"]), row["user"], row["via"], comment or row["rest"].strip()
            )
        return
    known = roots(found, "commit-information")
    if not known:
        raise NotUnderstood("no 'commit-information'")
    history = [one for _, root in known for one in nodes(root, "commit-history")]
    yield from or_empty(each(history, _committed), known=True)


def _committed(one: Node) -> Iterator[Fact]:
    at = moment(leaf(one, "date-time"), seconds(one, "date-time"))
    comment = leaf(one, "log") or leaf(one, "comment")
    yield _commit(leaf(one, "sequence-number") or "?", at, leaf(one, "user"), leaf(one, "client"), comment)


def _commit(
    number_: str, at: datetime | None, user: str | None, via: str | None, comment: str | None
) -> ConfigChange:
    summary = f"commit {number_}" + (f": {comment}" if comment else "")
    return ConfigChange(at=at, user=user, via=via, summary=summary)
