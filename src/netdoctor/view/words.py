"""Plain words for people: reasons, severities, entities, durations, and numbers with their units."""

from __future__ import annotations

from netdoctor.model import entities
from netdoctor.model.findings import Reason, RunVerdict, Value

REASONS: dict[Reason, str] = {
    "unreachable": "could not be reached",
    "auth_failed": "refused our login",
    "host_key": "host key not trusted",
    "unsupported": "not known to this device",
    "timeout": "no answer in time",
    "parse_error": "answer not understood",
    "not_authorised": "not permitted to this user",
    "no_baseline": "nothing to compare with",
    "skipped": "skipped",
    "truncated": "answer too long, cut off",
    "disconnected": "connection lost",
    "faulted": "netdoctor failed here",
}

VERDICTS: dict[RunVerdict, str] = {
    "healthy": "HEALTHY",
    "degraded": "DEGRADED",
    "critical": "CRITICAL",
    "undetermined": "UNDETERMINED",
}

_LIKELIHOODS = ((0.95, "almost certain"), (0.80, "very likely"), (0.50, "likely"), (0.25, "possible"))

_UNITS = {"dbm": "dBm", "ma": "mA", "celsius": "°C", "v": "V", "ms": "ms", "nm": "nm", "pct": "%"}
_AMOUNTS = {"bytes": " bytes", "pkts": " packets", "count": ""}
_SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_SPANS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def likelihood(probability: float) -> str:
    """A probability in words."""
    return next((word for least, word in _LIKELIHOODS if probability >= least), "unlikely")


def percent(probability: float) -> str:
    """`87 %`; never 100 or 0, which nothing measured deserves."""
    if probability > 0.99:
        return "> 99 %"
    return "< 1 %" if probability < 0.01 else f"{probability:.0%}".replace("%", " %")


def entity(name: str) -> str:
    """An entity string as a person would say it: `link leaf1 Ethernet1 – spine1 Ethernet1`."""
    kind, device, local = entities.split(name)
    match kind:
        case "link":
            return _link(name)
        case "device" | "host":
            return device
        case "interface":
            return f"{device} {local}"
        case "queue":
            interface, _, queue = local.rpartition("/")
            return f"queue {queue} of {device} {interface}"
        case "bgp":
            peer, _, vrf = local.partition("@")
            return f"BGP session {device} to {peer}" + (f" in {vrf}" if vrf else "")
        case "bfd":
            return f"BFD session {device} to {local}"
        case "ospf" | "isis":
            return f"{'OSPF' if kind == 'ospf' else 'IS-IS'} on {device} {local}"
        case "vlan" | "vni":
            return f"{kind.upper()} {local} on {device}"
        case "path":
            return "path " + name.partition(":")[2].replace("->", " to ")
        case _:
            return f"{kind} {device} {local}".rstrip() if kind == "service" else f"{local} on {device}"


def _link(name: str) -> str:
    ends = entities.link_ends(name)
    near, far = (f"{end.device} {end.interface}" if end else "an unknown end" for end in ends)
    return f"link {near} – {far}"


def duration(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d`: at most two units."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    rest = round(seconds)
    parts: list[str] = []
    for unit, size in _SPANS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {unit}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(filter(None, parts))


def moment(at: str) -> str:
    """An RFC 3339 time to the second, `2026-01-31 03:05:01 UTC`; anything else as it is."""
    return f"{at[:10]} {at[11:19]} UTC" if at.endswith("Z") and at[10:11] == "T" else at


def label(field: str) -> str:
    """A field's name without its unit: `input_power_dbm` is `input power`."""
    words = field.split("_")
    known = {*_UNITS, *_AMOUNTS, "s", "bps"}
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in known else words)


def quantity(field: str, value: Value) -> str:
    """A value with the unit its field's name ends in: `input_power_dbm`, -15.8 is `-15.8 dBm`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    unit = field.rpartition("_")[2]
    if unit == "s":
        return duration(value)
    if unit == "bps":
        return _scaled(value, "b/s")
    if unit in _AMOUNTS:
        return _number(value, grouped=True) + _AMOUNTS[unit]
    return f"{_number(value)} {_UNITS[unit]}" if unit in _UNITS else _number(value)


def _scaled(value: float, unit: str) -> str:
    for size, prefix in _SCALES:
        if abs(value) >= size:
            return f"{value / size:.3g} {prefix}{unit}"
    return f"{value:.3g} {unit}"


def _number(value: float, *, grouped: bool = False) -> str:
    """At most two decimals; very small numbers, such as error rates, as powers of ten."""
    if isinstance(value, int):
        return f"{value:,}" if grouped and abs(value) >= 10_000 else str(value)
    if 0 < abs(value) < 0.01:
        return f"{value:.1e}"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 check`, `3 checks`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listing(items: list[str], most: int = 4) -> str:
    """`a, b and c`; beyond `most`, `a, b, c and 7 more`."""
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def printable(text: str, *, keep_spaces: bool = False) -> str:
    """Text that cannot move a cursor, change a colour or hide: what is not printable is spelled out.

    Line ends and tabs become spaces, several in a row one unless `keep_spaces`.
    """
    if text.isprintable():
        return text
    flat = text.expandtabs() if keep_spaces else " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in flat)


def odds(decibans: float) -> str:
    """A weight of evidence as odds for or against: 14.2 is `26:1`, -6.0 is `1:4`."""
    ratio = 10 ** (abs(decibans) / 10)
    side = "999+" if ratio > 999 else f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}"
    return f"{side}:1" if decibans >= 0 else f"1:{side}"
