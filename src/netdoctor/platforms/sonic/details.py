"""Counters of one port: a line each, of a routed interface, by symbol errors."""

from __future__ import annotations

import re
from typing import Any, Final

from netdoctor.model.facts import FecCounters, Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.sonic.interfaces import counted, port_of
from netdoctor.platforms.sonic.reading import Read, Row, counter, on_request, read_table, table
from netdoctor.platforms.text import each
from netdoctor.platforms.values import count, total

_DETAIL: Final = re.compile(r"^ *(?P<name>[A-Z][^.\n]*?)\.{3,} ?(?P<value>[\d,]+)\s*$", re.MULTILINE)
_DETAILS: Final = {
    "total packets received without errors": "in_pkts",
    "total packets transmitted successfully": "out_pkts",
    "undersize received": "in_runts_count",
    "oversize received": "in_giants_count",
    "overruns received": "in_giants_count",
    "packets received discarded": "in_discards_count",
    "packets transmitted discarded": "out_discards_count",
}


@command(
    "show interfaces counters detailed {interface}",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interface[s] counters detailed {interface}[ {options*}]",
        "portstat -l -i {interface}[ {options*}]",
    ),
)
def detail(output: str, interface: str) -> Read:
    """The counters of one port, a line each."""
    said = {" ".join(found["name"].lower().split()): found["value"] for found in _DETAIL.finditer(output)}
    known: dict[str, Any] = {}
    for name, field in _DETAILS.items():
        if name in said:
            known.setdefault(field, count(said[name].replace(",", "")))
    if known:
        yield Interface(interface=interface, **known)


_ROUTED: Final = re.compile(
    r"^ *(?P<way>RX|TX): *$|^ *(?P<value>[\d,]+) (?P<name>error packets|packets|bytes)q? *$", re.MULTILINE
)
_ROUTED_FIELDS: Final = {
    ("RX", "packets"): "in_pkts",
    ("RX", "bytes"): "in_octets_bytes",
    ("RX", "error packets"): "in_errors_count",
    ("TX", "packets"): "out_pkts",
    ("TX", "bytes"): "out_octets_bytes",
    ("TX", "error packets"): "out_errors_count",
}


@command(
    "show interfaces counters rif {interface}",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interface[s] counters rif -i {interface}",
        "intfstat -i {interface}",
        "show vxlan counters {interface}",
        "tunnelstat -i {interface}",
    ),
)
def routed(output: str, interface: str) -> Read:
    """The counters of one routed interface or tunnel, those received and those sent under a heading each."""
    way, known = "", dict[str, Any]()
    for found in _ROUTED.finditer(output):
        way = found["way"] or way
        if found["value"] and way:
            known[_ROUTED_FIELDS[way, found["name"]]] = count(found["value"].replace(",", ""))
    if known:
        yield Interface(interface=interface, **known)
    else:
        yield from read_table(output, counted)


_BIN: Final = re.compile(r"^ *BIN(?P<errors>\d{1,2}) +(?P<codewords>[\d,]+) *$", re.MULTILINE)


@command(
    "show interfaces counters fec-histogram {interface}",
    area="interface",
    gives=(FecCounters,),
    arguments=on_request,
    aliases=("show interface[s] counters fec-histogram {interface}[ {options*}]",),
)
def histogram(output: str, interface: str) -> Read:
    """Codewords by how many symbols of each were wrong: those with one or more were corrected."""
    found = {int(one["errors"]): count(one["codewords"].replace(",", "")) for one in _BIN.finditer(output)}
    corrected = total(*(codewords for errors, codewords in found.items() if errors))
    if corrected is not None:
        yield FecCounters(interface=interface, corrected_codewords_count=corrected)


@command(
    "portstat -fh",
    area="interface",
    gives=(FecCounters,),
    arguments=on_request,
    aliases=("portstat -fh {options*}",),
)
def histograms(output: str) -> Read:
    """The same of all ports, a line each; one without FEC has none."""
    yield from each(table(output), _histogram)


def _histogram(row: Row) -> Read:
    name = port_of(row)
    corrected = total(*(counter(row, f"bin{errors}") for errors in range(1, 16)))
    yield FecCounters(interface=name, corrected_codewords_count=corrected)
