"""Goldens of `show ip interface` and its like, and of the MTU."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DhcpRelay, Interface
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, whole


def _rows(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        key = {"interface": row["interface"]}
        pairs = zip(row["ip_address"], row["prefix_length"], strict=True)
        if addresses := tuple(f"{address}/{length}" for address, length in pairs):
            yield Expected(Interface, key, {"addresses": addresses})
        if row["ip_helper"]:
            yield Expected(DhcpRelay, key, {"servers": tuple(row["ip_helper"])})


def _addresses(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        if told.get("ipv4"):
            yield Expected(Interface, {"interface": name}, {"addresses": tuple(told["ipv4"])})
        if told.get("helper_address"):
            yield Expected(DhcpRelay, {"interface": name}, {"servers": tuple(told["helper_address"])})


def _ipv6(record: Record) -> Iterator[Expected]:
    """One golden joins two answers: this is what `show ipv6 interface` tells. Link-local are /10 there."""
    for name, told in record.golden.items():
        addresses = tuple(
            f"{address}/{64 if address.startswith('fe80') else entry['prefix_length']}"
            for address, entry in told.get("ipv6", {}).items()
        )
        if addresses:
            yield Expected(Interface, {"interface": name}, {"addresses": addresses})


def _link_local(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        local = tuple(f"{address.lower()}/64" for address in told["ipv6"] if re.match("FE80", address))
        yield Expected(Interface, {"interface": name}, {"addresses": local})


GOLDENS: dict[str, Golden] = {
    "ShowInterfacesMtu": Golden(
        tables=(
            Table(
                Interface, "interfaces.*", {"interface": "*0"}, {"mtu": "mtu_bytes", "name": "description"}
            ),
        )
    ),
    "show_ip_interface": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": "interface"},
                {
                    "link_status": ("admin_up", lambda word: not word.startswith("admin")),
                    "protocol_status": ("oper_up", lambda word: word == "up"),
                    "mtu": ("mtu_bytes", whole),
                    "vrf": "vrf",
                },
            ),
        ),
        also=_rows,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in ("ip_address", "prefix_length", "ip_helper")),
        reasons={
            f"parsed_sample.*.{key}": "which filter stands on an interface is no fact"
            for key in ("inbound_acl", "outgoing_acl")
        },
    ),
    "ShowIpInterface": Golden(
        tables=(
            Table(
                Interface,
                "*",
                {"interface": "*0"},
                {
                    "enabled": "admin_up",
                    "oper_status": ("oper_up", lambda word: word == "up"),
                    "mtu": "mtu_bytes",
                },
            ),
        ),
        also=_addresses,
        also_reads=("*.ipv4", "*.helper_address"),
        reasons={"*": NO_FACT},
    ),
    "ShowIpv6Interface": Golden(
        tables=(
            Table(
                Interface,
                "*",
                {"interface": "*0"},
                {"enabled": "admin_up", "oper_status": ("oper_up", lambda word: word == "up")},
            ),
        ),
        also=_link_local,
        also_reads=("*.ipv6",),
        reasons={"*.autoconf": NO_FACT, "*.addresses_config_method": NO_FACT},
    ),
    "get_interfaces_ip": Golden(
        also=_ipv6,
        also_reads=("*.ipv6",),
        reasons={"*.ipv4": "out of another answer, which the corpus does not hold"},
    ),
}
