"""Counters of interfaces in tables, and FEC."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.interface_tables import NAME, matching
from netdoctor.platforms.cisco_nxos.interfaces import fec_mode, kind_of
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    named,
    number_in,
    on_request,
    structured,
    table,
)
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count

_FEC = re.compile(
    rf"^ *{NAME}\s+0x[0-9a-f]+\s+(?P<admin>\S+)\s+(?P<oper>\S+)\s+(?P<state>\S+)\s+(?P<speed>\S+)", re.I
)


@command(
    "show interface fec",
    area="optics",
    gives=(Interface,),
    aliases=("show interface {interface*} fec",),
)
def fec(output: str, interface: str = "") -> Read:
    """Which forward error correction runs on each port."""
    nothing = True
    for row in matching(output, _FEC):
        nothing = False
        name, mode = named(row.cells["name"]), fec_mode(row.cells["oper"])
        if mode:
            yield Interface(interface=name, fec_mode=mode)
    if not nothing or "Oper-fec" in output:
        yield EMPTY


_COUNTED = {
    "inoctets": "in_octets_bytes",
    "outoctets": "out_octets_bytes",
    "fcs-err": "in_fcs_errors_count",
    "rcv-err": "in_errors_count",
    "xmit-err": "out_errors_count",
    "outdiscards": "out_discards_count",
    "indiscards": "in_discards_count",
    "late-col": "late_collisions_count",
    "runts": "in_runts_count",
    "giants": "in_giants_count",
    "stomped-crc": "in_stomped_count",
}
_PACKETS = {
    f"{way}{cast}pkts": f"{way}_pkts" for way in ("in", "out") for cast in ("ucast", "mcast", "bcast")
}
_ALL_PACKETS = {"inpkts": "in_pkts", "outpkts": "out_pkts"}
"""All kinds together, as subinterfaces count them; their counts by kind stay at zero."""
_COUNTERS_HEAD = re.compile(r"^ *(?:Port|Interface)\s+(\S.*)$", re.I)
_COUNTERS_ROW = re.compile(rf"^ *{NAME}((?:\s+(?:[\d,]+|--|0x\w+))+)\s*$")


@command(
    "show interface counters",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interface[ {interface*}] counters[ errors| brief| snmp]",
        "show interface[ {interface*}] counters[ errors]" + J,
        "show interface counters[ interface {interface}]",
    ),
)
def counters(output: str, interface: str = "") -> Read:
    """Octets, packets, errors and discards, in several tables under one another."""
    if structured(output):
        yield from table(output, "interface", _row_of_counters)
        return
    found: dict[str, dict[str, int]] = {}
    names: list[str] = []
    for line in lines(output):
        if row := _COUNTERS_ROW.match(line.text):
            _add(found.setdefault(named(row["name"]), {}), names, row[2].split())
        elif head := _COUNTERS_HEAD.match(line.text):
            names = head[1].lower().split()
    for name, amounts in found.items():
        yield Interface(interface=name, kind=kind_of(name), **_fields(amounts))


def _add(known: dict[str, int], names: list[str], amounts: list[str]) -> None:
    for name, amount in zip(names, amounts, strict=False):
        field = _COUNTED.get(name) or _PACKETS.get(name)
        told = count(amount.replace(",", ""))
        if field and told is not None:
            known[field] = known.get(field, 0) + told
        elif (field := _ALL_PACKETS.get(name)) and told is not None:
            known[field] = max(known.get(field, 0), told)


def _fields(known: dict[str, int]) -> dict[str, Any]:
    return {name: count(amount) for name, amount in known.items()}


def _row_of_counters(row: Object) -> Read:
    """`show interface counters | json` has one row a table; `… errors | json` likewise."""
    name = named(row.get("interface"))
    known: dict[str, int] = {}
    words = {
        key.removeprefix("eth_").replace("_", "-"): value
        for key, value in row.items()
        if isinstance(value, str | int)
    }
    renamed = {
        "inucast": "inucastpkts",
        "outdisc": "outdiscards",
        "indisc": "indiscards",
        "inbytes": "inoctets",
    }
    keys = [renamed.get(key, key) for key in words]
    _add(known, keys, [str(value) for value in words.values()])
    yield Interface(interface=name, kind=kind_of(name), **_fields(known))


@command(
    "show interface counters detailed | json",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[ {interface*}] counters detailed" + J,),
)
def detailed(output: str, interface: str = "") -> Read:
    """All counters; those that are zero are left out."""
    yield from table(output, "interface", _detailed)


def _detailed(row: Object) -> Read:
    name = named(row.get("interface"))

    def told(*keys: str) -> int | None:
        return next((count(row[key]) for key in keys if row.get(key) is not None), 0)

    yield Interface(
        interface=name,
        kind=kind_of(name),
        in_octets_bytes=told("eth_inbytes", "mgmt_in_bytes", "svi_total_bytes_in", "svi_ucast_bytes_in"),
        out_octets_bytes=told("eth_outbytes", "mgmt_out_bytes", "svi_total_bytes_out", "svi_ucast_bytes_out"),
        in_pkts=told("eth_inpkts", "mgmt_in_pkts", "svi_total_pkts_in", "svi_ucast_pkts_in"),
        out_pkts=told("eth_outpkts", "mgmt_out_pkts", "svi_total_pkts_out", "svi_ucast_pkts_out"),
        in_errors_count=told("eth_inerr"),
        in_fcs_errors_count=told("eth_incrc", "eth_crc"),
        in_runts_count=told("eth_runts"),
        in_giants_count=told("eth_ingiants", "eth_giants"),
        in_discards_count=told("eth_indiscard"),
        out_errors_count=told("eth_outerr"),
        out_discards_count=told("eth_outdiscard"),
        late_collisions_count=told("eth_latecoll"),
        in_stomped_count=told("eth_stomped_crc"),
    )


_DETAIL_HEAD = re.compile(r"^ *(?P<name>[A-Za-z][\w/.-]*\d) *$")
_DETAIL_LINE = re.compile(r"^ *\d+\. +(?P<what>.+?) *[=:] *(?P<amount>\d+) *$")
_DETAILED = {
    "rxtotalpackets": "in_pkts",
    "rxbytes": "in_octets_bytes",
    "txtotalpackets": "out_pkts",
    "txbytes": "out_octets_bytes",
    "rxcrc": "in_fcs_errors_count",
    "rxerrors": "in_errors_count",
    "txerrors": "out_errors_count",
    "inputdiscards": "in_discards_count",
    "outputdiscards": "out_discards_count",
    "latecollisions": "late_collisions_count",
}


@command(
    "show interface counters detailed",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[ {interface*}] counters detailed[ all]",),
)
def detailed_in_text(output: str, interface: str = "") -> Read:
    """The same in text, one numbered line a counter."""
    name: str | None = None
    known: dict[str, int] = {}
    for line in lines(output):
        if head := _DETAIL_HEAD.match(line.text):
            if name:
                yield Interface(interface=name, kind=kind_of(name), **_fields(known))
            name, known = named(head["name"]), {}
        elif (found := _DETAIL_LINE.match(line.text)) and name:
            word = re.sub(r"[^a-z]", "", found["what"].lower())
            field = _DETAILED.get(word)
            if field:
                known[field] = int(number_in(found["amount"]) or 0)
    if name:
        yield Interface(interface=name, kind=kind_of(name), **_fields(known))
