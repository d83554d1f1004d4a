"""Goldens of the device itself, its neighbours at layer 2, its filters, its time and its log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    Clock,
    CpuMemory,
    DeviceInfo,
    DropCounter,
    LldpNeighbor,
    LogEvent,
    MacEntry,
    Neighbor,
    NtpPeer,
    RoutingProcess,
    Sensor,
)
from netdoctor.platforms.values import mac_address
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.juniper_junos.words import NO_FACT, OWN, TOGETHER, because, first_number, one_of

_MIB = 1 << 20
_STATE = one_of((("online", "ok"), ("online master", "ok"), ("online standby", "ok"), ("empty", "absent")))
_ITEMS = "environment-component-information.environment-component-item.*"


def _device(at: str, *others: str) -> Golden:
    return Golden(
        tables=(
            Table(
                DeviceInfo,
                at,
                {},
                {"host-name": "hostname", "product-model": "model", "junos-version": "os_version"},
            ),
        ),
        reasons=because("packages: the release is mapped", *others, under=at)
        | because(OWN, f"{at}.product-name"),
    )


def _version(record: Record) -> Iterator[Expected]:
    row = record.golden["parsed_sample"][0]
    fields = {"hostname": row["hostname"], "model": row["model"], "os_version": row["junos_version"]}
    yield Expected(DeviceInfo, {}, fields)


_CHASSIS = "chassis-inventory.chassis"
_HARDWARE = Golden(
    tables=(Table(DeviceInfo, _CHASSIS, {}, {"description": "model", "serial-number": "serial"}),),
    reasons=because(
        "parts without a fact of their own",
        "chassis-module",
        "i2c-information",
        "@junos:style",
        "name",
        under=_CHASSIS,
    ),
)


def _component(place: Place) -> str:
    items = place.golden["environment-component-information"]["environment-component-item"]
    return str(items[int(place.names[0])]["name"])


def _environment(record: Record) -> Iterator[Expected]:
    """Genie joins the names of the temperatures in their order: a reading is found by its part and name."""
    for item in record.golden["environment-component-information"]["environment-component-item"]:
        for one in item.get("temperature-reading", ()):
            key = {"name": f"{item['name']} {one['temperature-name'].strip()}", "kind": "temperature"}
            fields = {"value": first_number(one["temperature"]["#text"]), "state": _STATE(item["state"])}
            yield Expected(Sensor, key, fields)
        for one in item.get("power-information", {}).get("voltage", ()):
            key = {"name": f"{item['name']} {one['reference-voltage']}", "kind": "voltage"}
            yield Expected(Sensor, key, {"value": int(one["actual-voltage"]) / 1000})


_COMPONENTS = Golden(
    also=_environment,
    also_reads=(
        f"{_ITEMS}.temperature-reading",
        f"{_ITEMS}.power-information",
        f"{_ITEMS}.state",
        f"{_ITEMS}.name",
    ),
    reasons=because(NO_FACT, "bus-revision", "fpga-revision", "slave-revision", under=_ITEMS),
)


def _power(record: Record) -> Iterator[Expected]:
    for item in record.golden["power-usage-information"]["power-usage-item"]:
        fields: dict[str, Any] = {"state": _STATE(item["state"])}
        if output := item.get("dc-output-detail2"):
            fields["value"] = float(output["str-dc-power"])
        yield Expected(Sensor, {"name": item["name"], "kind": "power"}, fields)


def _napalm_environment(record: Record) -> Iterator[Expected]:
    """One golden joins five answers: each tells its own part of it."""
    told = record.golden
    if "routing-engine" in record.command:
        node = next(iter(told.get("cpu", {})))
        used = told["memory"]["used_ram"]
        fields = {"memory_total_bytes": told["memory"]["available_ram"] * _MIB}
        if node.startswith("node"):
            yield Expected(
                CpuMemory,
                {"component": f"{node} Routing Engine"},
                fields | {"cpu_pct": told["cpu"][node]["%usage"], "memory_used_bytes": used * _MIB},
            )
        else:
            for slot, row in told["cpu"].items():
                engine = f"Routing Engine {re.sub(r'[^0-9]', '', slot)}"
                yield Expected(CpuMemory, {"component": engine}, fields | {"cpu_pct": row["%usage"]})
    elif "power" in record.command:
        for name, row in told["power"].items():
            fields = {"state": "ok" if row["status"] else "absent"}
            if row["output"] >= 0:
                fields["value"] = row["output"]
            yield Expected(Sensor, {"name": name.replace("Power Supply", "PEM"), "kind": "power"}, fields)


def _fpc(record: Record) -> Iterator[Expected]:
    found = record.golden["fpc-information"]["fpc"]
    for one in found if isinstance(found, list) else [found]:
        name = f"FPC {one['slot']}"
        yield Expected(Sensor, {"name": name, "kind": "module"}, {"state": _STATE(one["state"])})
        if total := one.get("memory-dram-size"):
            fields: dict[str, Any] = {"memory_total_bytes": int(total) * _MIB}
            if load := one.get("cpu-total"):
                fields |= {
                    "cpu_pct": float(load),
                    "memory_used_bytes": int(total) * _MIB * int(one["memory-heap-utilization"]) // 100,
                }
            yield Expected(CpuMemory, {"component": name}, fields)


_SCALES = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def _processes(record: Record) -> Iterator[Expected]:
    """What is used is active or wired; all of it adds the inactive and the free."""
    row = record.golden["parsed_sample"][0]
    if idle := row.get("cpu_idle"):
        yield Expected(CpuMemory, {}, {"cpu_pct": 100 - float(idle)})
        return
    amounts = {
        name: int(row[f"memory_{name}"][:-1]) * _SCALES[row[f"memory_{name}"][-1]]
        for name in ("active", "inactive", "wired", "free")
    }
    yield Expected(
        CpuMemory,
        {},
        {
            "memory_used_bytes": amounts["active"] + amounts["wired"],
            "memory_total_bytes": sum(amounts.values()),
        },
    )


def _logs(record: Record) -> Iterator[Expected]:
    """Genie keeps the lines: each is an event with the time and the text that stand in it."""
    for line in record.golden["file-content"]:
        found = re.match(r"(\w{3} +\d+ [\d:]+) +\S+ ([\w.-]+)(?:\[\d+\])?: (.*)", line)
        if found:
            fields = {"facility": found[2], "text": found[3].strip()}
            yield Expected(LogEvent, {"text": found[3].strip()}, fields)


def _napalm_macs(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        key = {"mac": mac_address(row["mac"]), "vlan": str(row["vlan"])}
        yield Expected(
            MacEntry, key, {"interface": row["interface"], "kind": "static" if row["static"] else "dynamic"}
        )


def _macs(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        vlan = f"Vlan{row['vlan_id']}" if row["vlan_id"] else f"BD-{row['bridge_domain_id']}"
        key = {"mac": row["mac_address"], "vlan": vlan}
        yield Expected(
            MacEntry, key, {"interface": row["logical_interface"], "kind": {"D": "dynamic"}[row["mac_flag"]]}
        )


def _napalm_lldp(record: Record) -> Iterator[Expected]:
    """A neighbour without a port id is known by its port's description."""
    for name, found in record.golden.items():
        for told in found:
            fields = {
                "neighbor_device": told["remote_system_name"],
                "neighbor_interface": told["remote_port"] or told["remote_port_description"],
                "neighbor_description": told["remote_system_description"],
            }
            yield Expected(LldpNeighbor, {"interface": name}, fields)


def _napalm_ntp(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        fields = {
            "synchronised": row["synchronized"],
            "stratum": row["stratum"],
            "offset_ms": row["offset"],
            "reachable": row["reachability"] > 0,
        }
        yield Expected(NtpPeer, {"address": row["remote"]}, fields)


_DDOS = "ddos-protocols-information.ddos-protocol-group"


def _ddos(record: Record) -> Iterator[Expected]:
    group = record.golden["ddos-protocols-information"]["ddos-protocol-group"]
    one = group["ddos-protocol"]
    told = one["ddos-system-statistics"]
    dropped, received = int(told["packet-dropped"]), int(told["packet-received"])
    fields = {"dropped_pkts": dropped, "conformed_pkts": received - dropped}
    yield Expected(
        DropCounter, {"kind": "copp", "name": f"{group['group-name']} {one['packet-type']}"}, fields
    )


def _filters(record: Record) -> Iterator[Expected]:
    found = record.golden["firewall-information"]["filter-information"]
    for one in found if isinstance(found, list) else [found]:
        counters = one.get("counter", [])
        for counter in counters if isinstance(counters, list) else [counters]:
            name = f"{one['filter-name']} {counter['counter-name']}"
            yield Expected(
                DropCounter, {"kind": "acl", "name": name}, {"matched_pkts": int(counter["packet-count"])}
            )


def _discards(record: Record) -> Iterator[Expected]:
    rows = record.golden["firewall-log-information"]["log-information"]
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        place = row["source-address"], row["interface-name"]
        counted[place] = counted.get(place, 0) + (row["action-name"] == "D")
    for (peer, interface), number in counted.items():
        yield Expected(DropCounter, {"peer": peer, "interface": interface}, {"dropped_pkts": number})


def _associations(record: Record) -> Iterator[Expected]:
    for peer, modes in record.golden["peer"].items():
        told = modes["local_mode"]["active"]
        fields = {
            "selected": told["mode"] == "synchronized",
            "offset_ms": told["offset"],
            "stratum": told["stratum"],
            "reachable": told["reach"] > 0,
        }
        yield Expected(NtpPeer, {"address": peer}, fields)


def _status(record: Record) -> Iterator[Expected]:
    told = record.golden["clock_state"]["system_status"]
    yield Expected(Clock, {}, {"synchronised": told["synch_source"] == "sync_ntp"})


def _permanent(flags: str) -> str:
    if flags == "none":
        raise SkipValue
    return "permanent"


GOLDENS: dict[str, Golden] = {
    "ShowVersionDetail": _device(
        "software-information", "output", "package-information", "version-information"
    ),
    "ShowVersionInvokeOnAllRoutingEngines": Golden(
        tables=(
            Table(
                DeviceInfo,
                "multi-routing-engine-results.multi-routing-engine-item.software-information",
                {},
                {"host-name": "hostname", "product-model": "model", "junos-version": "os_version"},
            ),
        ),
        reasons=because("which engine answered, and its packages", "multi-routing-engine-results"),
    ),
    "show_version": Golden(
        also=_version,
        also_reads=("parsed_sample.*.hostname", "parsed_sample.*.model", "parsed_sample.*.junos_version"),
        reasons=because(
            "packages: the release is mapped; blank in this sample for the rest", "parsed_sample"
        ),
    ),
    "ShowChassisHardwareDetail": _HARDWARE,
    "ShowChassisHardwareExtensive": _HARDWARE,
    "ShowChassisEnvironmentComponent": _COMPONENTS,
    "ShowChassisEnvironmentFpc": _COMPONENTS,
    "ShowChassisPower": Golden(
        also=_power,
        also_reads=(
            "power-usage-information.power-usage-item.*.name",
            "power-usage-information.power-usage-item.*.state",
            "power-usage-information.power-usage-item.*.dc-output-detail2.str-dc-power",
        ),
        reasons=because(NO_FACT, "power-usage-information"),
    ),
    "get_environment": Golden(
        also=_napalm_environment,
        also_reads=("cpu", "memory", "power"),
        reasons=because("of another answer of the same case", "temperature", "fans"),
    ),
    "ShowChassisFpc": Golden(also=_fpc, also_reads=("fpc-information.fpc",)),
    "ShowChassisFpcDetail": Golden(also=_fpc, also_reads=("fpc-information.fpc",)),
    "show_system_processes_brief": Golden(
        also=_processes,
        also_reads=("parsed_sample.*.cpu_idle",),
        reasons=because("the numbers lost their units in the golden", "parsed_sample"),
    ),
    "show_system_processes_summary": Golden(
        also=_processes,
        also_reads=tuple(
            f"parsed_sample.*.memory_{name}" for name in ("active", "inactive", "wired", "free")
        ),
        reasons=because(NO_FACT, "memory_buffer", "swap_free", "swap_total", under="parsed_sample.*"),
    ),
    "ShowLogFilename": Golden(also=_logs, also_reads=("file-content",)),
    "ShowArp": Golden(
        tables=(
            Table(
                Neighbor,
                "arp-table-information.arp-table-entry.*",
                {"address": "ip-address"},
                {
                    "mac-address": "mac",
                    "interface-name": "interface",
                    "arp-table-entry-flags": ("state", _permanent),
                },
            ),
        ),
        reasons={
            **because("the address, resolved", "arp-table-information.arp-table-entry.*.hostname"),
            **because(TOGETHER, "arp-table-information.arp-entry-count"),
        },
    ),
    "show_arp_no-resolve": Golden(
        tables=(
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "ip_address"},
                {"mac_address": "mac", "interface": "interface", "flags": ("state", _permanent)},
            ),
        ),
    ),
    "show_ethernet-switching_table": Golden(
        also=_macs,
        also_reads=tuple(
            f"parsed_sample.*.{name}"
            for name in ("logical_interface", "mac_address", "mac_flag", "vlan_id", "bridge_domain_id")
        ),
        reasons=because("a dash in all rows", "parsed_sample.*.age"),
    ),
    "get_mac_address_table": Golden(
        also=_napalm_macs,
        also_reads=("*.interface", "*.mac", "*.vlan", "*.static"),
        reasons=because("napalm fills in what Junos does not give", "*.moves", "*.last_move", "*.active"),
    ),
    "ShowIpv6Neighbors": Golden(
        tables=(
            Table(
                Neighbor,
                "ipv6-nd-information.ipv6-nd-entry.*",
                {"address": "ipv6-nd-neighbor-address"},
                {
                    "ipv6-nd-neighbor-l2-address": "mac",
                    "ipv6-nd-interface-name": "interface",
                    "ipv6-nd-state": "state",
                },
            ),
        ),
        reasons={
            **because(
                NO_FACT,
                "ipv6-nd-expire",
                "ipv6-nd-isrouter",
                "ipv6-nd-issecure",
                under="ipv6-nd-information.ipv6-nd-entry.*",
            ),
            **because(TOGETHER, "ipv6-nd-information.ipv6-nd-total"),
        },
    ),
    "get_lldp_neighbors_detail": Golden(
        also=_napalm_lldp,
        also_reads=(
            "*.*.remote_system_name",
            "*.*.remote_port",
            "*.*.remote_port_description",
            "*.*.remote_system_description",
        ),
        reasons=because(NO_FACT, "*"),
    ),
    "ShowLldp": Golden(
        tables=(
            Table(
                RoutingProcess,
                "",
                {"protocol": lambda place: "lldp"},
                {"lldp-global-status": ("configured", lambda said: said == "Enabled")},
            ),
        ),
        reasons=because(NO_FACT, "*"),
    ),
    "ShowDDosProtectionProtocol": Golden(
        also=_ddos,
        also_reads=(
            f"{_DDOS}.group-name",
            f"{_DDOS}.ddos-protocol.packet-type",
            f"{_DDOS}.ddos-protocol.ddos-system-statistics",
        ),
        reasons=because(
            "a policer's configuration, its flows, and its counts by card", "ddos-protocols-information"
        ),
    ),
    "ShowDdosProtectionStatistics": Golden(
        reasons=because(
            "switches, and how often there were violations of any kind: no fact holds them",
            "ddos-statistics-information",
        )
    ),
    "ShowFirewall": Golden(also=_filters, also_reads=("firewall-information",)),
    "ShowFirewallCounterFilter": Golden(also=_filters, also_reads=("firewall-information",)),
    "ShowFirewallLog": Golden(
        also=_discards,
        also_reads=tuple(
            f"firewall-log-information.log-information.*.{name}"
            for name in ("action-name", "source-address", "interface-name")
        ),
        reasons=because("of single packets: facts count them", "firewall-log-information"),
    ),
    "ShowNtpAssociations": Golden(
        also=_associations,
        also_reads=tuple(
            f"peer.*.local_mode.active.{name}" for name in ("mode", "offset", "stratum", "reach", "remote")
        ),
        reasons={
            **because("of the peer that is selected, which is mapped", "clock_state"),
            **because(NO_FACT, "peer"),
        },
    ),
    "get_ntp_stats": Golden(
        also=_napalm_ntp,
        also_reads=("*.remote", "*.synchronized", "*.stratum", "*.offset", "*.reachability"),
        reasons=because(NO_FACT, "*"),
    ),
    "ShowNtpStatus": Golden(
        also=_status,
        also_reads=("clock_state.system_status.synch_source",),
        reasons=because(NO_FACT, "clock_state"),
    ),
}
