"""Dropped packets by reason: ASIC drop counters, ACL rules, trapped packets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from netdoctor.model.facts import DropCounter, Fact, Interface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, counter, is_port, on_request, read_table
from netdoctor.platforms.values import clean, count

_STANDARD: Final = {
    "rx_err": "in_errors_count",
    "rx_drops": "in_discards_count",
    "tx_err": "out_errors_count",
    "tx_drops": "out_discards_count",
}
_NAMED: Final = {*_STANDARD, "iface", "state", "device"}
_STATES: Final[dict[str | None, tuple[bool | None, bool | None]]] = {
    "U": (True, True),
    "D": (True, False),
    "X": (False, False),
}


@command(
    "show dropcounters counts",
    area="copp",
    gives=(DropCounter, Interface),
    sampled=True,
    aliases=("show dropcounters counts {options*}", "dropstat -c show[ {options*}]"),
)
def reasons(output: str) -> Read:
    """Errors and discards by port; then the counters that operators set up, of ports and of the ASIC."""
    written = {word.lower(): word for word in clean(output).split()}
    yield from read_table(output, lambda row: _reasons(row, written))


def _reasons(row: Row, written: dict[str, str]) -> Read:
    port, device = cell(row, "iface"), cell(row, "device")
    if port is not None and is_port(port):
        admin, oper = _STATES.get(cell(row, "state"), (None, None))
        known = {
            field: value for name, field in _STANDARD.items() if (value := counter(row, name)) is not None
        }
        yield Interface(interface=port, admin_up=admin, oper_up=oper, **known)  # type: ignore[arg-type]  # counters
    elif device is None:
        raise ValueError("neither a port nor a device")
    for name in row.cells:
        if name not in _NAMED and (value := counter(row, name)) is not None:
            label = f"{written.get(name, name)} {port}" if port else written.get(name, name)
            yield DropCounter(kind="asic", name=label, interface=port, dropped_pkts=value)


def _dropping(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The rules that drop, by table, as `show acl rule` tells them."""
    tables: dict[str, list[str]] = {}
    for fact in facts:
        if isinstance(fact, DropCounter) and fact.kind == "acl" and fact.name.count(" ") == 1:
            acl, rule = fact.name.split(" ")
            if re.fullmatch(r"[\w-]{1,64}", acl) and re.fullmatch(r"[\w-]{1,64}", rule):
                tables.setdefault(acl, []).append(rule)
    return ({"table": acl, "rules": ",".join(rules[:16])} for acl, rules in sorted(tables.items())[:16])


@command(
    "aclshow -a -t {table} -r {rules}",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    arguments=_dropping,
    timeout_s=20.0,
)
def dropped(output: str) -> Read:
    """How many packets the rules that drop have matched: only those are asked for here."""
    yield from read_table(output, lambda row: _matched(row, drops=True))
    if "RULE NAME" in output:
        yield EMPTY


@command(
    "aclshow -a", area="acl", gives=(DropCounter,), arguments=on_request, aliases=("aclshow[ {options*}]",)
)
def matched(output: str) -> Read:
    """How many packets each rule matched; what it does with them is not told."""
    yield from read_table(output, lambda row: _matched(row, drops=False))
    if "RULE NAME" in output:
        yield EMPTY


def _matched(row: Row, *, drops: bool) -> Read:
    rule, acl = cell(row, "rule name"), cell(row, "table name")
    if rule is None or acl is None:
        raise ValueError("no rule")
    pkts = counter(row, "packets count")
    yield DropCounter(
        kind="acl", name=f"{acl} {rule}", matched_pkts=pkts, dropped_pkts=pkts if drops else None
    )


_MATCH: Final = re.compile(r"([A-Z0-9_]+): ?(\S+)")


@command(
    "show acl rule",
    area="acl",
    gives=(DropCounter,),
    aliases=("show acl rule {options*}", "acl-loader show rule"),
)
def rules(output: str) -> Read:
    """The rules that drop, with what they match; of the others nothing is told. A rule may have a status."""
    yield from read_table(output, _rule)
    if re.search(r"^ *Table +Rule\b", output, re.MULTILINE):
        yield EMPTY


def _rule(row: Row) -> Read:
    acl, rule, action = cell(row, "table"), cell(row, "rule"), cell(row, "action")
    if acl is None or rule is None:
        raise ValueError("no rule")
    if (action or "").upper() != "DROP":
        return
    said = dict(_MATCH.findall(cell(row, "match") or ""))
    port = count(said.get("L4_DST_PORT")) or count(said.get("L4_SRC_PORT"))
    yield DropCounter(
        kind="acl",
        name=f"{acl} {rule}",
        tcp_port=port if said.get("IP_PROTOCOL", "6") == "6" else None,
        peer=said.get("SRC_IP") or said.get("SRC_IPV6") or said.get("DST_IP"),
    )


@command(
    "show flowcnt-trap stats",
    area="copp",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show flowcnt-trap stats {options*}",),
)
def traps(output: str) -> Read:
    """Packets that the ASIC sent to the processor, by the trap that caught them."""
    yield from read_table(output, _trap)
    if "Trap Name" in output:
        yield EMPTY


def _trap(row: Row) -> Read:
    name = cell(row, "trap name")
    if name is None:
        raise ValueError("no trap")
    yield DropCounter(kind="copp", name=name, conformed_pkts=counter(row, "packets"))
