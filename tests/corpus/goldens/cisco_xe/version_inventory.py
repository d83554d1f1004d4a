"""Goldens of version, inventory and platform."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import DeviceInfo, Interface, Sensor, Transceiver
from netdoctor.platforms.values import duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, OWN, bits, half_or_full, long_name, mac, state

_PACKAGES = "every package by itself: the release that runs is the fact"
_CARDS = "the parts of a chassis are no fact, but for its own and the modules of ports"


def _inventory(record: Record) -> Iterator[Expected]:
    chassis = next(iter(record.golden["main"]["chassis"].values()))
    yield Expected(DeviceInfo, {}, {"model": chassis["pid"], "serial": chassis["sn"]})
    for row in _parts(record.golden["slot"]):
        if row["name"].startswith("GigabitEthernet"):
            key = {"interface": long_name(row["name"])}
            fields = {"part_number": row["pid"], "serial": row["sn"], "media_type": row["descr"]}
            yield Expected(Transceiver, key, fields)


def _parts(found: Any) -> Iterator[dict[str, Any]]:
    """Every part, at whatever depth."""
    if isinstance(found, dict):
        if isinstance(found.get("pid"), str):
            yield found
        for one in found.values():
            yield from _parts(one)


def _first(values: list[str]) -> str:
    if not values:
        raise SkipValue
    return values[0]


def _packages(record: Record) -> Iterator[Expected]:
    """The release of the first package that is active and has one."""
    versions = [
        row["version"]
        for row in _versions(record.golden)
        if row["version"] != "n/a" and row.get("status") == "active"
    ]
    every = [row["version"] for row in _versions(record.golden) if row["version"] != "n/a"]
    yield Expected(DeviceInfo, {}, {"os_version": (versions or every)[0]})


def _versions(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        if isinstance(found.get("version"), str):
            yield found
        for one in found.values():
            yield from _versions(one)


_RUNNING = Golden(also=_packages, also_reads=(), reasons={"role": _PACKAGES, "rp": _PACKAGES})


def _slots(record: Record) -> Iterator[Expected]:
    yield Expected(DeviceInfo, {}, {"model": record.golden["main"]["chassis"]})
    for slot, groups in record.golden["slot"].items():
        for group in groups.values():
            for row in group.values():
                for sub, cards in row.get("subslot", {}).items():
                    for card in cards.values():
                        yield Expected(Sensor, {"name": f"{slot}/{sub}"}, {"state": state(card["state"])})
                if "state" in row:
                    yield Expected(Sensor, {"name": slot}, {"state": state(row["state"])})


GOLDENS: dict[str, Golden] = {
    "ShowInventory": Golden(also=_inventory, also_reads=("main",), reasons={"slot": _CARDS}),
    "ShowInterfacePlatform": Golden(
        tables=(
            Table(
                Interface,
                "interfaces.*",
                {"interface": "*0"},
                {
                    "line_protocol": ("oper_up", lambda word: word == "up"),
                    "mac_address": ("mac", mac),
                    "mtu": "mtu_bytes",
                    "duplex": ("duplex", half_or_full),
                    "speed": ("speed_bps", bits),
                    "controller_status.tx_total_bytes": "out_octets_bytes",
                    "controller_status.rx_total_bytes": "in_octets_bytes",
                },
            ),
        ),
        reasons={
            **{f"interfaces.*.{key}": OWN for key in ("oper_status", "bia")},
            **{
                f"interfaces.*.{key}": NO_FACT
                for key in ("hardware_type", "bandwidth_kbit", "interface_manager")
            },
        },
    ),
    "ShowPlatform": Golden(
        also=_slots,
        also_reads=("main",),
        reasons={"slot": _CARDS},
    ),
    "ShowVersionMode": _RUNNING,
    "ShowVersionRp": _RUNNING,
    "show_module": Golden(reasons={"parsed_sample": _CARDS}),
    "show_version": Golden(
        tables=(
            Table(
                DeviceInfo,
                "parsed_sample.*",
                {},
                {
                    "hostname": "hostname",
                    "version": "os_version",
                    "hardware": ("model", _first),
                    "serial": ("serial", _first),
                    "reload_reason": "last_reload_reason",
                    "uptime": ("uptime_s", duration_s),
                },
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
}
