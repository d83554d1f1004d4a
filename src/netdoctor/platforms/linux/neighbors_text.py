"""ARP, ND and bridge tables in words: iproute2's, net-tools' and the kernel's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import MacEntry, Neighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, lines, on_request, rows
from netdoctor.platforms.values import clean, is_ip, mac_address, text

State = Literal["reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent"]
_STATES: Final[dict[str, State]] = {
    "REACHABLE": "reachable",
    "STALE": "stale",
    "DELAY": "delay",
    "PROBE": "probe",
    "INCOMPLETE": "incomplete",
    "FAILED": "failed",
    "PERMANENT": "permanent",
}
_TAUGHT: Final = {"offload", "extern_learn"}
"""Entries that a control plane set, as EVPN does: the kernel neither asks for them nor lets them age."""


@command(
    "ip neigh show",
    area="forwarding",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=(
        "ip[ -s][ -4| -6] neigh[bor][ show| list][ dev {interface}]",
        "ip[ -s][ -4| -6] neighbour[ show| list][ dev {interface}]",
        "ip neigh show to {address}",
        "ip[ -6] n[ s]",
    ),
)
def neigh(output: str, interface: str | None = None) -> Read:
    """An entry a line, its state last; with `-s` also when it was used, confirmed and updated."""
    for line_number, line in lines(output):
        words = clean(line).split()
        state = next((_STATES[word] for word in reversed(words) if word in _STATES), None)
        if state is None and "NOARP" in words and not _TAUGHT.isdisjoint(words):
            state = "permanent"
        if not is_ip(words[0]):
            yield Note(text=clean(line.strip()[:120]), line=line_number)
        elif state is not None:
            yield Neighbor(
                address=words[0],
                interface=_after(words, "dev") or interface,
                mac=mac_address(_after(words, "lladdr")),
                state=state,
            )
        elif "NOARP" in words:
            yield EMPTY


def _after(words: list[str], word: str) -> str | None:
    return words[words.index(word) + 1] if word in words[:-1] else None


_ARP_A: Final = re.compile(
    r"^(?P<host>\S+) \((?P<address>[\d.]+)\) at (?P<mac><incomplete>|[\da-fA-F:]+|<from_interface>)"
    r"(?: \[\w+\])?(?P<perm> PERM)?.*? on (?P<interface>\S+)"
)
_ARP: Final = re.compile(
    r"^(?P<address>\S+) +(?:(?P<type>\S+) +(?P<mac>[\da-fA-F:]{11,}) +(?P<flags>[CMP!]+)|\(incomplete\))"
    r" +(?:\S+ +)?(?P<interface>\S+)$"
)
_PROC: Final = re.compile(
    r"^(?P<address>\d[\d.]+) +0x[\da-f]+ +0x(?P<flags>[\da-f]+) +(?P<mac>[\da-fA-F:]{17})"
    r" +\S+ +(?P<interface>\S+)$"
)
_COMPLETE, _PERMANENT = 0x2, 0x4
"""ATF_COM and ATF_PERM (arp(7))."""


@command(
    "cat /proc/net/arp",
    area="forwarding",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=("arp[ -n][ -e][ -v]", "arp -a[ -n]", "arp -an", "/usr/sbin/arp[ -n][ -a]"),
)
def arp(output: str) -> Read:
    """The table of arp(8), in its two layouts, or of the kernel. `C` is complete, `M` permanent."""
    for line_number, line in lines(output):
        said = clean(line.strip())
        if said.startswith(("Address ", "IP address")):
            yield EMPTY
        elif found := _ARP_A.match(said) or _PROC.match(said) or _ARP.match(said):
            yield _entry(found)
        elif not said.startswith("Entries:"):
            yield Note(text=said[:120], line=line_number)


def _entry(found: re.Match[str]) -> Neighbor:
    said = found.groupdict()
    mac = mac_address(said["mac"])
    flags = said.get("flags") or ""
    if found.re is _PROC:
        complete, permanent = int(flags, 16) & _COMPLETE, int(flags, 16) & _PERMANENT
        mac = mac if complete else None
    else:
        permanent = "M" in flags or bool(said.get("perm"))
    return Neighbor(
        address=said["address"],
        mac=mac,
        interface=said["interface"],
        state="incomplete" if mac is None else "permanent" if permanent else None,
    )


@command(
    "bridge fdb show",
    area="l2",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=(
        "/sbin/bridge fdb[ show]",
        "bridge[ -s][ -d] fdb[ show| list][ dev {interface}| br {bridge}]",
    ),
)
def fdb(output: str) -> Read:
    """The bridges' tables: `master` is what a bridge learned or was told, `self` what a device has itself.

    The two lines of one address behind a VXLAN device, its VLAN and its tunnel endpoint, are one entry.
    """
    found: dict[tuple[str, str], list[list[str]]] = {}
    for line_number, line in lines(output):
        words = clean(line).split()
        if mac_address(words[0]) is None:
            yield Note(text=clean(line.strip()[:120]), line=line_number)
            continue
        found.setdefault((words[0].lower(), _after(words, "dev") or ""), []).append(words)
    for (mac, interface), entries in found.items():
        yield from _entries(mac, interface, entries)


def _entries(mac: str, interface: str, entries: list[list[str]]) -> Iterator[MacEntry]:
    remote = next((found for words in entries if (found := _after(words, "dst"))), None)
    vlans: list[str | None] = list(
        dict.fromkeys(vlan for words in entries if (vlan := _after(words, "vlan")))
    )
    for vlan in vlans or [None]:
        own = [words for words in entries if _after(words, "vlan") == vlan] or entries
        yield MacEntry(
            mac=mac,
            vlan=vlan,
            interface=interface or None,
            remote_vtep=remote,
            kind=_kind([word for words in own for word in words], remote),
        )


def _kind(words: list[str], remote: str | None) -> Literal["dynamic", "static", "self", "remote"]:
    if remote:
        return "remote"
    if "permanent" in words:
        return "self" if "master" in words or "self" in words else "static"
    return "static" if "static" in words else "dynamic"


@command(
    "bridge -j fdb show",
    area="l2",
    gives=(MacEntry,),
    aliases=("bridge -s -j fdb show", "bridge -j -s fdb show", "bridge -j fdb"),
)
def fdb_json(output: str) -> Read:
    """The same as JSON."""
    found: dict[tuple[str, str], list[list[str]]] = {}
    nothing = True
    for row in rows(output):
        nothing = False
        mac = mac_address(row.get("mac"))
        if mac is None:
            continue
        words = [mac, "dev", str(row.get("ifname"))]
        for key in ("vlan", "dst"):
            words += [key, str(row[key])] if row.get(key) is not None else []
        words += [str(flag) for flag in row.get("flags", [])]
        words += [state] if (state := text(row.get("state"))) else []
        words += ["master"] if row.get("master") else []
        found.setdefault((mac, str(row.get("ifname"))), []).append(words)
    for (mac, interface), entries in found.items():
        yield from _entries(mac, interface, entries)
    if not found and not nothing:
        yield EMPTY
