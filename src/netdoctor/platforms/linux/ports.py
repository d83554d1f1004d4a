"""Hardware ports as ethtool tells them: link, FEC, driver statistics. Its text is the same everywhere, its
JSON is young."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from netdoctor.model.facts import Fact, FecCounters, Interface
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.values import clean, count, text

MAX_PORTS: Final = 64
_DUPLEX: Final[dict[str, Literal["full", "half"]]] = {"Full": "full", "Half": "half"}
_FEC = {"BaseR": "fire-code", "RS": "reed-solomon", "Off": "disabled", "None": "disabled"}


def hardware(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The ports with hardware behind them, up to a limit: asking a module takes its time."""
    found = sorted(
        {fact.interface for fact in facts if isinstance(fact, Interface) and fact.virtual is False}
    )
    return ({"interface": name} for name in found[:MAX_PORTS])


def labelled(output: str) -> Iterator[tuple[str, str]]:
    """Label and value of every `label: value` line."""
    for line in output.splitlines():
        label, colon, value = line.partition(":")
        if colon and label.strip():
            yield clean(" ".join(label.split())), clean(value.strip())


@command("ethtool {interface}", area="interface", gives=(Interface,), arguments=hardware, privileged=True)
def settings(output: str, interface: str) -> Read:
    """Speed, duplex, autonegotiation and link. An unknown speed (no link) is None."""
    if not output.strip():
        return
    if "Settings for" not in output:
        raise NotUnderstood("no settings of a port")
    said = dict(labelled(output))
    speed = re.match(r"(\d{1,9})Mb/s", said.get("Speed", ""), re.ASCII)
    link = re.match(r"(yes|no)(?: \((.+)\))?", said.get("Link detected", ""))
    yield Interface(
        interface=interface,
        oper_up=link[1] == "yes" if link else None,
        oper_reason=link[2].lower() if link and link[2] else None,
        speed_bps=int(speed[1]) * 1_000_000 if speed else None,
        duplex=_DUPLEX.get(said.get("Duplex", "")),
        autoneg={"on": True, "off": False}.get(said.get("Auto-negotiation", "")),
    )


@command(
    "ethtool -I --show-fec {interface}",
    area="interface",
    gives=(Interface, FecCounters),
    sampled=True,
    arguments=hardware,
    privileged=True,
    aliases=("ethtool --show-fec {interface}",),
)
def fec(output: str, interface: str) -> Read:
    """The FEC in use and, with `-I` (ethtool 5.12), codewords corrected and lost (IEEE 802.3 30.5.1.1)."""
    if not output.strip():
        return
    if "FEC parameters" not in output:
        raise NotUnderstood("no FEC parameters")
    said = dict(labelled(output))
    active = text(said.get("Active FEC encoding", said.get("Active FEC encodings")))
    mode = _FEC.get(active, active.lower()) if active else None
    yield Interface(interface=interface, fec_mode=mode)
    corrected, lost = count(said.get("corrected_blocks")), count(said.get("uncorrectable_blocks"))
    if mode or corrected is not None:
        yield FecCounters(
            interface=interface,
            mode=mode,
            corrected_codewords_count=corrected,
            uncorrected_codewords_count=lost,
        )


# Drivers name their counters as they like: for each of ours, their names, the best first.
_STATISTICS = {
    "in_fcs_errors_count": (
        "rx_crc_errors_phy",
        "rx_crc_errors",
        "rx_fcs_errors",
        "crc_errors",
        "rx_crc_err",
    ),
    "in_stomped_count": ("rx_stomped_crc_errors", "rx_fcs_stomped", "rx_stomped_fcs_errors"),
    "in_runts_count": ("rx_undersize_pkts_phy", "rx_undersize_frames", "rx_undersize", "rx_runt_frames"),
    "in_giants_count": ("rx_oversize_pkts_phy", "rx_oversize_frames", "rx_oversize", "rx_over_size"),
    "late_collisions_count": ("tx_late_collisions", "tx_abort_late_coll", "late_collisions"),
}
_FEC_STATISTICS = {
    "corrected_codewords_count": ("fec_corrected_blocks", "fec_corrected_cw", "rx_fec_corrected_blocks"),
    "uncorrected_codewords_count": (
        "fec_uncorrectable_blocks",
        "fec_uncorrected_cw",
        "rx_fec_uncorrected_blocks",
    ),
}


@command(
    "ethtool -S {interface}",
    area="interface",
    gives=(Interface, FecCounters),
    sampled=True,
    arguments=hardware,
    privileged=True,
    aliases=("ethtool --statistics {interface}",),
)
def statistics(output: str, interface: str) -> Read:
    """The driver's own counters, as far as their names are known."""
    if not output.strip():
        return
    said = dict(labelled(output))
    if "NIC statistics" not in said:
        raise NotUnderstood("no statistics of a port")
    errors = _named(said, _STATISTICS)
    codewords = _named(said, _FEC_STATISTICS)
    if errors:
        yield Interface(interface=interface, **errors)
    if codewords:
        yield FecCounters(interface=interface, **codewords)
    if not errors and not codewords:
        yield EMPTY


def _named(said: dict[str, str], names: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    known = {
        ours: next((found for name in theirs if (found := count(said.get(name))) is not None), None)
        for ours, theirs in names.items()
    }
    return {ours: value for ours, value in known.items() if value is not None}
