"""`show interfaces` as text: a block for each port, and inside one for each unit.

The same in all levels from `brief` to `extensive`; a paste may have lost its indent or its first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Fact, FecCounters, Interface, QueueCounters
from netdoctor.platforms.base import EMPTY
from netdoctor.platforms.juniper_junos.naming import (
    below,
    header_bytes,
    is_virtual,
    kind_of,
    prefix_of,
)
from netdoctor.platforms.juniper_junos.ports import (
    autoneg_of,
    duplex_of,
    fec_mode_of,
    is_real_address,
    mtu_of,
    speed_of,
)
from netdoctor.platforms.juniper_junos.reading import Read
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import count, duration_s, mac_address, number

_START = re.compile(
    r"^[ \t]*(?:(?P<port>Physical interface: ?)|Logical interface )(?P<name>[\w./:-]+)(?P<state>[^\n]*)",
    re.MULTILINE,
)
_VALUES = re.compile(
    r"\bDescription: (?P<description>[^\n]+)"
    r"|\bMTU: ?(?P<mtu>\w+)"
    r"|(?:^|, |\s)Speed: (?P<speed>\w+)"
    r"|\bLink-mode: (?P<mode>[\w-]+)|\bDuplex: (?P<duplex>[\w-]+)|\bLink type +: (?P<type>[\w-]+)"
    r"|\bAuto-negotiation: (?P<autoneg>\w+)"
    r"|\bCurrent address: (?P<mac>[\w:.-]+)|^\s*MAC: (?P<unit_mac>[\w:]+)"
    r"|\bLast flapped +: (?P<flapped>[^\n]+)"
    r"|\bBPDU Error: (?P<bpdu>[\w-]+)|\bEthernet-Switching Error: (?P<switching>[\w-]+)"
    r"|\bActive alarms +: (?P<alarms>[^\n]+)"
    r"|\bActive defects +: (?P<defects>[^\n]+)"
    r"|\bFlags: (?P<flags>[^\n]+)"
    r"|\bBandwidth: (?P<bandwidth>\w+)"
    r"|\bLink partner[ ]?[Ss]peed: (?P<partner>[\w ]+)"
    r"|\bInput  ?bytes +: +(?P<in_bytes>\d+)(?: +(?P<in_bps>\d+) bps)?"
    r"|\bOutput bytes +: +(?P<out_bytes>\d+)(?: +(?P<out_bps>\d+) bps)?"
    r"|\bInput  ?packets ?: +(?P<in_pkts>\d+)|\bOutput packets ?: +(?P<out_pkts>\d+)"
    r"|\bInput rate +: (?P<in_rate>\d+) bps|\bOutput rate +: (?P<out_rate>\d+) bps"
    r"|\bInput errors: (?P<in_errors>\d+)(?:, Output errors: (?P<out_errors>\d+))?"
    r"|\bCRC/Align errors +(?P<crc>\d+)|\bOversized frames +(?P<oversized>\d+)"
    r"|\bFEC Mode +: (?P<fec>[\w-]+)"
    r"|\bFEC Corrected Errors +(?P<corrected>\d+)|\bFEC Uncorrected Errors +(?P<uncorrected>\d+)",
    re.MULTILINE,
)
_ERRORS = re.compile(r"([A-Z][\w/ ]{2,40}): (\d+)")
_INET = re.compile(r"^[ \t]*Protocol (inet6?|\w+), MTU: (\w+)", re.MULTILINE)
_LOCAL = re.compile(r"^[ \t]*(?:Destination: (?P<network>[^,\s]+), )?Local: (?P<local>[^,\s]+)", re.MULTILINE)
_BRIEF = re.compile(r"^[ \t]*(?P<family>inet6?) +(?P<local>[\da-fA-F][\da-fA-F.:]*/\d+)", re.MULTILINE)
_BUNDLE = re.compile(
    r"Bundle:\s+Input *: *(?P<received>\d+(?: +\d+){3})\s+Output *: *(?P<sent>\d+(?: +\d+){3})"
)
_AGO = re.compile(r"\(([^()]+) ago\)")
_QUEUES = re.compile(
    r"^[ \t]*(?:(?P<way>Ingress|Egress) queues:|(?P<queue>\d+)(?: +(?P<class>[A-Za-z][\w-]*))?"
    r"(?P<counts>(?: +\d+){3})[ \t]*$)",
    re.MULTILINE,
)
_CLASSES = re.compile(r"Mapped forwarding classes\n((?:[ \t]*\d+ +\S+[ \t]*(?:\n|$))+)")


def read_text(output: str) -> Read:
    """Every port and unit of the answer."""
    nothing = True
    port_up: list[bool | None] = [None]
    for fact in each(blocks(output, _START), lambda block: _block(block, port_up)):
        nothing = False
        yield fact
    if nothing and re.search(r"^error: device \S+ not found", output, re.MULTILINE):
        yield EMPTY


def _block(block: Block, port_up: list[bool | None]) -> Iterator[Fact]:
    found: dict[str, str] = {}
    for match in _VALUES.finditer(block.text):
        for name, value in match.groupdict().items():
            if value is not None:
                found.setdefault(name, value.strip())
    if block.head["port"]:
        link = re.search(r"Physical link is (\w+)", block.head["state"])
        port_up[0] = link[1].lower() == "up" if link else None
        yield from _port(block, found)
    else:
        yield _unit(block, found, port_up[0])


def _port(block: Block, found: dict[str, str]) -> Iterator[Fact]:
    name, state = block.head["name"].rstrip(":,"), block.head["state"]
    received, sent = _errors(block.text)
    fec = fec_mode_of(found.get("fec"))
    crc = count(found.get("crc"))
    yield Interface(
        interface=name,
        **_state(state, found),
        description=found.get("description"),
        mac=mac_address(found.get("mac")),
        mtu_bytes=(mtu := mtu_of(found.get("mtu"))),
        mtu_header_bytes=header_bytes(name) if mtu else None,
        speed_bps=speed_of(found.get("speed"), found.get("partner")),
        duplex=duplex_of(found.get("mode") or found.get("duplex") or found.get("type"), None),
        autoneg=autoneg_of(found.get("autoneg")),
        fec_mode=fec,
        last_change_s=_age(found.get("flapped")),
        carrier_transitions_count=count(sent.get("Carrier transitions")),
        **_traffic(found),
        in_errors_count=count(received.get("Errors") or found.get("in_errors")),
        in_fcs_errors_count=count(received.get("Framing errors")) if crc is None else crc,
        in_runts_count=count(received.get("Runts")),
        in_giants_count=count(received.get("Giants") or found.get("oversized")),
        in_discards_count=count(received.get("Drops")),
        out_errors_count=count(sent.get("Errors") or found.get("out_errors")),
        out_discards_count=count(sent.get("Drops")),
        kind=kind_of(name),
        virtual=is_virtual(name),
    )
    yield from _queues(name, block.text)
    if "corrected" in found or "uncorrected" in found:
        yield FecCounters(
            interface=name,
            mode=fec,
            corrected_codewords_count=count(found.get("corrected")),
            uncorrected_codewords_count=count(found.get("uncorrected")),
        )


def _state(said: str, found: dict[str, str]) -> dict[str, Any]:
    """`, Enabled, Physical link is Up`; a port shut down is `Administratively down`."""
    shut = re.search(r"Administratively down|Disabled", said, re.IGNORECASE) is not None
    link = re.search(r"Physical link is (\w+)", said)
    up = link[1].lower() == "up" if link else None
    reason = None
    guard = next(
        (word for key in ("bpdu", "switching") if (word := found.get(key)) not in {None, "None", "none"}),
        None,
    )
    if guard:
        place = "bpdu" if found.get("bpdu") == guard else "eth-switch"
        reason = f"errdisabled ({place}-error {guard.lower()})"
    elif up is False:
        reason = "administratively down" if shut else _alarms(found)
    return {
        "admin_up": False if shut else True if "Enabled" in said else None,
        "oper_up": up,
        "oper_reason": reason,
    }


def _alarms(found: dict[str, str]) -> str | None:
    word = found.get("alarms", "None").strip()
    return None if word.lower() == "none" else word.lower()


def _traffic(found: dict[str, str]) -> dict[str, Any]:
    return {
        "in_octets_bytes": count(found.get("in_bytes")),
        "out_octets_bytes": count(found.get("out_bytes")),
        "in_pkts": count(found.get("in_pkts")),
        "out_pkts": count(found.get("out_pkts")),
        "in_rate_bps": number(found.get("in_bps") or found.get("in_rate")),
        "out_rate_bps": number(found.get("out_bps") or found.get("out_rate")),
    }


def _errors(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """What stands under `Input errors:` and `Output errors:` in the extensive form."""
    start, middle = text.find("Input errors:"), text.find("Output errors:")
    if start < 0 or middle < 0:
        return {}, {}
    sent = text[middle + 14 : middle + 500]
    # The list ends with the first line that is no `Name: number, …`.
    listed = re.match(r"(?:\s*[A-Z][\w/ ]{2,40}: \d+,?)*", sent)
    received = dict(_ERRORS.findall(text[start + 13 : middle]))
    return received, dict(_ERRORS.findall(listed[0] if listed else ""))


def _age(said: str | None) -> float | None:
    ago = _AGO.search(said or "")
    return duration_s(ago[1]) if ago else None


def _queues(name: str, text: str) -> Iterator[QueueCounters]:
    start = text.find("Queue counters:")
    if start < 0:
        return
    way = "in" if "Ingress queues:" in text[max(0, start - 120) : start] else "out"
    stop = re.compile(r"^[ \t]*(?:Queue number:|Active alarms|Logical interface)", re.MULTILINE).search(
        text, start
    )
    mapped = _CLASSES.search(text)
    classes = dict(line.split()[:2] for line in mapped[1].splitlines()) if mapped else {}
    for found in _QUEUES.finditer(text, start, stop.start() if stop else len(text)):
        if found["way"]:
            way = "in" if found["way"] == "Ingress" else "out"
            continue
        counts = found["counts"].split()
        yield QueueCounters(
            interface=name,
            queue=found["queue"],
            direction="in" if way == "in" else "out",
            traffic_class=found["class"] or classes.get(found["queue"]),
            transmitted_pkts=count(counts[1]),
            dropped_pkts=count(counts[2]),
        )


def _unit(block: Block, found: dict[str, str], port_up: bool | None) -> Interface:
    """A unit. Those of SRX bear no `Up`, and go with their port."""
    name = block.head["name"]
    families = _INET.findall(block.text)
    mtus = {family: mtu_of(mtu) for family, mtu in reversed(families)}
    ip_mtu = mtus.get("inet") or mtus.get("inet6") or next((mtu for mtu in mtus.values() if mtu), None)
    flags = (found.get("flags") or "").partition("Encapsulation")[0].split()
    down = any(
        flag in {"Down", "Hardware-Down", "Device-Down", "Link-Layer-Down", "Admin-Down"} for flag in flags
    )
    return Interface(
        interface=name,
        admin_up="Admin-Down" not in flags if flags else None,
        oper_up=False if down else True if "Up" in flags else port_up if flags else None,
        description=found.get("description"),
        mac=mac_address(found.get("unit_mac")),
        mtu_bytes=ip_mtu,
        speed_bps=speed_of(found.get("bandwidth"), None),
        **_traffic(found) | _bundle(block.text),
        addresses=_addresses(block.text) if flags or families else None,
        lower_layer=below(name),
        kind=kind_of(name),
        virtual=True,
    )


def _bundle(text: str) -> dict[str, Any]:
    """The counters of an aggregate's unit: packets, packets a second, bytes, bits a second."""
    found = _BUNDLE.search(text)
    if found is None:
        return {}
    received, sent = (found[way].split() for way in ("received", "sent"))
    return {
        "in_pkts": count(received[0]),
        "in_octets_bytes": count(received[2]),
        "in_rate_bps": number(received[3]),
        "out_pkts": count(sent[0]),
        "out_octets_bytes": count(sent[2]),
        "out_rate_bps": number(sent[3]),
    }


def _addresses(text: str) -> tuple[str, ...]:
    found = [
        prefix_of(place["local"], place["network"])
        for place in _LOCAL.finditer(text)
        if is_real_address(place["local"])
    ]
    found += [place["local"] for place in _BRIEF.finditer(text) if is_real_address(place["local"])]
    return tuple(dict.fromkeys(found))
