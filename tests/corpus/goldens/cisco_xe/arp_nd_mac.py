"""ARP, IPv6 neighbours and MAC addresses: Genie, napalm and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import MacEntry, Neighbor
from netdoctor.platforms.cisco_xe.names import normalise_interface
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table


def mac(said: str) -> str:
    """`c4f7.d564.b716` with colons."""
    digits = said.lower().replace(".", "").replace(":", "")
    if len(digits) != 12:
        raise SkipValue
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def _age_s(minutes: str) -> float:
    if minutes == "-":
        raise SkipValue
    return int(minutes) * 60.0


def _nd_state(said: str) -> str:
    return {"REACH": "reachable", "STALE": "stale", "INCMP": "incomplete"}.get(said, said.lower())


_ND = "interface.*.neighbors.*"
_ARP = "interfaces.*.ipv4.neighbors.*"
NAME = "the row's name again"
ALWAYS = "the same in every row: Ethernet and IP"


def _arp_getter(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        key = {"address": row["ip"], "interface": row["interface"] or None}
        age = row["age"] * 60 if row["age"] >= 0 else None
        yield Expected(Neighbor, key, {"mac": row["mac"].lower(), "age_s": age})


def _mac_getter(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        yield Expected(
            MacEntry,
            {
                "mac": row["mac"].lower(),
                "vlan": str(row["vlan"]),
                "interface": normalise_interface(row["interface"]),
            },
            {"kind": "static" if row["static"] else "dynamic"},
        )


def _macs(record: Record) -> Iterator[Expected]:
    for name, vlan in record.golden["mac_table"]["vlans"].items():
        for address, found in vlan["mac_addresses"].items():
            key = {"mac": mac(address), "vlan": name if name.isdigit() else name.capitalize()}
            for interface, told in found.get("interfaces", {}).items():
                yield Expected(MacEntry, key | {"interface": interface}, {"kind": told["entry_type"]})
            if drop := found.get("drop"):
                yield Expected(MacEntry, key | {"interface": None}, {"kind": drop["entry_type"]})


def _mac_rows(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        for port in row["destination_port"]:
            key = {"mac": mac(row["destination_address"]), "vlan": row["vlan_id"]}
            yield Expected(
                MacEntry, key | {"interface": normalise_interface(port)}, {"kind": row["type"].lower()}
            )


def _ports(record: Record) -> Iterator[Expected]:
    for row in record.golden["ports"].values():
        yield Expected(
            MacEntry,
            {"mac": mac(row["mac-address"]), "vlan": str(row["vlan-id"])},
            {"interface": normalise_interface(row["port"]), "kind": row["type"].lower()},
        )


_NEIGHBOR: dict[str, Any] = {
    "age": ("age_s", _age_s),
    "link_layer_address": ("mac", mac),
    "neighbor_state": ("state", _nd_state),
}
_ND_GENIE = Golden(
    tables=(Table(Neighbor, _ND, {"interface": "*0", "address": "*1"}, _NEIGHBOR),),
    reasons={"interface.*.interface": NAME, f"{_ND}.ip": NAME, f"{_ND}.trlv": "no check needs it"},
)
_MAC_GENIE = Golden(
    also=_macs,
    also_reads=("mac_table.vlans.*.mac_addresses",),
    reasons={"mac_table.vlans.*.vlan": NAME, "total_mac_addresses": "the number of rows"},
)

GOLDENS = {
    "show_arp": Golden(
        tables=(
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "address"},
                {"interface": "interface", "hardware_address": ("mac", mac), "age_min": ("age_s", _age_s)},
            ),
        ),
        reasons={"parsed_sample.*.protocol": ALWAYS, "parsed_sample.*.type": ALWAYS},
    ),
    "get_arp_table": Golden(also=_arp_getter, also_reads=("*",)),
    "get_mac_address_table": Golden(
        also=_mac_getter,
        also_reads=("*.mac", "*.vlan", "*.interface", "*.static"),
        reasons=dict.fromkeys(("*.active", "*.moves", "*.last_move"), "made up by the getter"),
    ),
    "ShowIpArp": Golden(
        tables=(
            Table(
                Neighbor,
                _ARP,
                {"vrf": lambda place: "green", "interface": "*0", "address": "*1"},
                {"age": ("age_s", _age_s), "link_layer_address": ("mac", mac)},
            ),
        ),
        reasons={
            f"{_ARP}.ip": NAME,
            f"{_ARP}.type": ALWAYS,
            f"{_ARP}.protocol": ALWAYS,
            f"{_ARP}.private_vlan": "no check needs it",
            f"{_ARP}.origin": "what the age says: `-` is an entry of our own",
        },
    ),
    "ShowIpv6Neighbors": _ND_GENIE,
    "ShowIpv6NeighborsDetail": _ND_GENIE,
    "ShowMacAddressTable": _MAC_GENIE,
    "ShowMacAddressTableDynamic": Golden(also=_ports, also_reads=("ports",)),
    "show_mac-address-table": Golden(also=_mac_rows, also_reads=("parsed_sample",)),
}
