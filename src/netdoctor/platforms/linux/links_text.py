"""Links and addresses as iproute2 prints them in words, read in the shape of its JSON."""

from __future__ import annotations

import itertools
import re
from typing import Any, Final

import msgspec

from netdoctor.model.facts import Interface, LagMember
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.bundles import members
from netdoctor.platforms.linux.links import link
from netdoctor.platforms.linux.reading import Object, Read, on_request
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import clean

_START: Final = re.compile(
    r"^ *\d+: (?P<name>[^\s:@]+)(?:@[^\s:]+)?: <(?P<flags>[^>]*)>(?P<rest>.*)$", re.MULTILINE
)
_ADDRESS: Final = re.compile(
    r"^ +inet6? (?P<local>[\da-fA-F.:]+)(?: peer \S+?)?(?:/(?P<length>\d+))?\b", re.M
)
_LINK: Final = re.compile(r"^ +link/(?P<type>\S+)(?: (?P<address>[\da-fA-F:.]+))?", re.M)
_KIND: Final = re.compile(r"^ +(?P<kind>[a-z]\w*)(?P<slave>_slave)?(?= |$)(?P<rest>.*)$", re.M)
_NO_KINDS: Final = frozenset({"inet", "inet6", "alias", "valid_lft", "altname", "RX", "TX", "link"})
_COUNTERS: Final = re.compile(
    r"^ +(?P<way>RX|TX)(?: errors)?: +(?P<names>[a-z].*)\n +(?P<values>\d[\d ]*)", re.M
)
_JSON_NAMES: Final = {"overrun": "over_errors", "missed": "missed_errors", "crc": "crc_errors"}
_PORT_STATES: Final = ("active", "short_timeout", "aggregating", "in_sync", "collecting", "distributing")
_PORT_FAULTS: Final = ("defaulted", "expired")
"""The bits of a port's LACP state, from the lowest (IEEE 802.1AX §6.4.2.3)."""


@command(
    "ip -s -s -d link show",
    area="interface",
    gives=(Interface, LagMember),
    arguments=on_request,
    aliases=(
        "ip[ -s][ -s][ -d][ -s] link[ show| list][ dev {interface}]",
        "ip[ -s][ -s][ -d][ -s] link show {interface}",
        "ip[ -d][ -s][ -d][ -4| -6] address[ show| list][ dev {interface}]",
        "ip[ -d][ -s][ -d][ -4| -6] addr[ show| list][ dev {interface}]",
        "ip[ -4| -6] a[ s]",
        "ip -details address[ show]",
    ),
)
def links(output: str) -> Read:
    """Every link: flags, MTU, state; counters with `-s`, what kind it is with `-d`."""
    rows: list[Object] = []

    def read(block: Block) -> Read:
        row = _row(block)
        rows.append(row)
        detailed = "promiscuity" in block.text
        for fact in link(row):
            yield fact if detailed or not isinstance(fact, Interface) else _plain(fact)

    yield from each(blocks(output, _START), read)
    yield from members(rows)


def _plain(fact: Interface) -> Interface:
    """Without `-d` nothing tells a bridge or a VLAN from a port; only a loopback is known by its flags."""
    loopback = fact.kind == "loopback"
    return msgspec.structs.replace(fact, kind=fact.kind if loopback else None, virtual=loopback or None)


def _row(block: Block) -> Object:
    """One link in the shape of `ip -j -s -d link`, with its addresses where they were asked for."""
    text = clean(block.text)
    said = _pairs(block.head["rest"])
    found = _LINK.search(text)
    alias = re.search(r"^ +alias (.+)$", text, re.M)
    row: dict[str, Any] = {
        "ifname": clean(block.head["name"]),
        "flags": block.head["flags"].split(","),
        "mtu": said.get("mtu"),
        "operstate": said.get("state"),
        "master": said.get("master"),
        "link_type": found["type"] if found else None,
        "address": found["address"] if found else None,
        "ifalias": alias[1].strip() if alias else None,
        "linkinfo": _linkinfo(text),
        "proto_down": " protodown on" in text,
        "proto_down_reason": _protodown_reasons(text),
        "stats64": _statistics(text),
    }
    if "\n    inet" in text or ("qdisc" in said and "mode" not in said):
        row["addresses"] = tuple(_with_length(one["local"], one["length"]) for one in _ADDRESS.finditer(text))
    return row


def _protodown_reasons(text: str) -> list[str]:
    told = re.search(r" protodown_reason <([^<>\n]*)>", text)
    return [word.strip() for word in told[1].split(",")] if told else []


def _with_length(address: str, length: str | None) -> str:
    return f"{address}/{length or (128 if ':' in address else 32)}"


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(itertools.pairwise(words))


def _linkinfo(text: str) -> Object:
    """The lines of `-d`: `vxlan id …`, `bond_slave state …`. One that Python has no name for is none."""
    found: dict[str, Any] = {}
    for line in _KIND.finditer(text):
        if line["kind"] in _NO_KINDS or line["kind"].endswith("lft"):
            continue
        kind = line["kind"].removesuffix("_slave")
        data = _pairs(line["rest"])
        if line["kind"].endswith("_slave") or line["slave"]:
            found["info_slave_kind"] = kind
            found["info_slave_data"] = {**data, **_lacp(data, text)}
        elif "info_kind" not in found:
            found["info_kind"] = kind
            found["info_data"] = {"ad_info": _partner(text)}
    return found


def _partner(text: str) -> Object:
    told = re.search(r"ad_partner_key (\d+)|partner_key (\d+)", text)
    mac = re.search(r"(?:ad_partner_mac|partner_mac) ([\da-f:]+)", text)
    return {"partner_key": (told[1] or told[2]) if told else None, "partner_mac": mac[1] if mac else None}


def _lacp(data: dict[str, str], text: str) -> Object:
    """The port states as words: iproute2 gives them as a number, and newer ones as words too."""
    found: dict[str, list[str]] = {}
    for end in ("actor", "partner"):
        told = re.search(rf"ad_{end}_oper_port_state (\d+)", text)
        if told:
            bits = int(told[1])
            found[f"ad_{end}_oper_port_state_str"] = [
                word for place, word in enumerate((*_PORT_STATES, *_PORT_FAULTS)) if bits >> place & 1
            ]
    return found


def _statistics(text: str) -> Object:
    """Counters by name: a line of names over one of numbers, for each way."""
    found: dict[str, dict[str, str]] = {"rx": {}, "tx": {}}
    for table in _COUNTERS.finditer(text):
        names = [_JSON_NAMES.get(name, name) for name in table["names"].split()]
        found[table["way"].lower()] |= dict(zip(names, table["values"].split(), strict=False))
    tx = found["tx"]
    if "transns" in tx:
        tx["carrier_changes"] = tx["transns"]
    if "window" in tx:
        tx["window_errors"] = tx["window"]
    return found
