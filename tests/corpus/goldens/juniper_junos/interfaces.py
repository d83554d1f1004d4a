"""Goldens of interfaces, optics and queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.facts import FecCounters, Interface, LagMember, OpticLane, QueueCounters, Transceiver
from netdoctor.platforms.values import mac_address, speed_bps
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.juniper_junos.words import (
    FLAG,
    NO_FACT,
    OWN,
    age,
    because,
    dbm,
    first_number,
    up,
)

Fields = dict[str, str | tuple[str, Callable[[Any], Any]]]
_PORT = "interface-information.physical-interface"


def _number(value: str) -> int:
    if not value.isdigit():
        raise SkipValue
    return int(value)


def _speed(value: str) -> int:
    found = speed_bps(value)
    if not value[:1].isdigit() or found is None:
        raise SkipValue
    return found


def _duplex(value: str) -> str:
    return value.lower().removesuffix("-duplex")


def _enabled(value: Any) -> bool:
    return str(value).lower() == "enabled"


_STATE: Fields = {
    "oper-status": ("oper_up", up),
    "description": "description",
    "mtu": ("mtu_bytes", _number),
    "speed": ("speed_bps", _speed),
    "link-mode": ("duplex", _duplex),
    "link-type": ("duplex", _duplex),
    "if-auto-negotiation": ("autoneg", _enabled),
    "current-physical-address": ("mac", mac_address),
    "interface-flapped.#text": ("last_change_s", age),
    "traffic-statistics.input-bytes": ("in_octets_bytes", int),
    "traffic-statistics.output-bytes": ("out_octets_bytes", int),
    "traffic-statistics.input-packets": ("in_pkts", int),
    "traffic-statistics.output-packets": ("out_pkts", int),
    "traffic-statistics.input-bps": ("in_rate_bps", float),
    "traffic-statistics.output-bps": ("out_rate_bps", float),
    "input-error-list.input-errors": ("in_errors_count", int),
    "input-error-list.input-drops": ("in_discards_count", int),
    "input-error-list.input-runts": ("in_runts_count", int),
    "input-error-list.input-giants": ("in_giants_count", int),
    "output-error-list.carrier-transitions": ("carrier_transitions_count", int),
    "output-error-list.output-errors": ("out_errors_count", int),
    "output-error-list.output-drops": ("out_discards_count", int),
    "input-error-count": ("in_errors_count", int),
    "output-error-count": ("out_errors_count", int),
    "ethernet-mac-statistics.input-crc-errors": ("in_fcs_errors_count", int),
}
_FEC: Fields = {
    "ethernet-fec-statistics.fec_ccw_count": ("corrected_codewords_count", int),
    "ethernet-fec-statistics.fec_nccw_count": ("uncorrected_codewords_count", int),
}
_UNIT: Fields = {
    "description": "description",
    "traffic-statistics.input-packets": ("in_pkts", int),
    "traffic-statistics.output-packets": ("out_pkts", int),
    "traffic-statistics.input-bytes": ("in_octets_bytes", int),
    "traffic-statistics.output-bytes": ("out_octets_bytes", int),
    "lag-traffic-statistics.lag-bundle.input-packets": ("in_pkts", int),
    "lag-traffic-statistics.lag-bundle.output-packets": ("out_pkts", int),
    "lag-traffic-statistics.lag-bundle.input-bytes": ("in_octets_bytes", int),
    "lag-traffic-statistics.lag-bundle.output-bytes": ("out_octets_bytes", int),
    "lag-traffic-statistics.lag-bundle.input-bps": ("in_rate_bps", float),
    "lag-traffic-statistics.lag-bundle.output-bps": ("out_rate_bps", float),
    "mac-address": ("mac", mac_address),
}


def _admin_and_addresses(record: Record) -> Iterator[Expected]:
    """Genie writes `Enabled` as an attribute, and its units' addresses without their prefix length."""
    ports = record.golden["interface-information"]["physical-interface"]
    for port in ports if isinstance(ports, list) else [ports]:
        admin = port.get("admin-status", {}).get("@junos:format")
        if admin:
            yield Expected(Interface, {"interface": port["name"]}, {"admin_up": admin == "Enabled"})
        for unit in port.get("logical-interface", ()):
            wanted = tuple(dict.fromkeys(_addresses(unit)))
            families = [one.get("address-family-name") for one in unit.get("address-family", ())]
            if wanted and "inet" in [*families, "inet6"]:
                yield Expected(Interface, {"interface": unit["name"]}, {"addresses": wanted})


def _addresses(unit: dict[str, Any]) -> Iterator[str]:
    for family in unit.get("address-family", ()):
        found = family.get("interface-address", [])
        for one in found if isinstance(found, list) else [found]:
            local, network = one.get("ifa-local"), one.get("ifa-destination")
            if (
                not local
                or local.startswith("fe80")
                or family["address-family-name"] not in {"inet", "inet6"}
            ):
                continue
            length = (
                network.rpartition("/")[2] if network and "/" in network else "128" if ":" in local else "32"
            )
            yield f"{local}/{length}"


_UNNEEDED = [
    "local-index",
    "snmp-index",
    "generation",
    "if-type",
    "link-level-type",
    "mru",
    "source-filtering",
    "loopback",
    "if-flow-control",
    "if-remote-fault",
    "pad-to-minimum-frame-size",
    "if-device-flags",
    "if-config-flags",
    "if-media-flags",
    "ifd-specific-config-flags",
    "physical-interface-cos-information",
    "hardware-physical-address",
    "clocking",
    "sonet-mode",
    "interface-transmit-statistics",
    "minimum-links-in-aggregate",
    "minimum-bandwidth-in-aggregate",
    "up-hold-time",
    "down-hold-time",
    "statistics-cleared",
    "ethernet-pcs-statistics",
    "ethernet-filter-statistics",
    "keepalive-statistics",
    "ethernet-autonegotiation",
    "pfe-information",
    "cos-information",
    "stp-input-bytes-dropped",
    "ld-pdu-error",
    "eth-switch-error",
    "l2pt-error",
    "mac-rewrite-error",
    "bpdu-error",
    "stp-traffic-statistics",
    "lsi-traffic-statistics",
    "queue-num-forwarding-class-name-map",
]
_REASONS = {
    **because(NO_FACT, *_UNNEEDED, under=f"{_PORT}.*"),
    **because(
        "a word of the reason; that it is down is mapped",
        "active-alarms",
        "active-defects",
        under=f"{_PORT}.*",
    ),
    **because(
        NO_FACT,
        "input-pps",
        "output-pps",
        "ipv6-transit-statistics",
        under=f"{_PORT}.*.traffic-statistics",
    ),
    **because(
        NO_FACT,
        "framing-errors",
        "input-discards",
        "input-resource-errors",
        "input-l3-incompletes",
        "input-l2-channel-errors",
        "input-l2-mismatch-timeouts",
        "input-fifo-errors",
        under=f"{_PORT}.*.input-error-list",
    ),
    **because(
        NO_FACT,
        "output-collisions",
        "aged-packets",
        "mtu-errors",
        "hs-link-crc-errors",
        "output-fifo-errors",
        "output-resource-errors",
        under=f"{_PORT}.*.output-error-list",
    ),
    **because(
        "frames by kind: the errors among them are mapped",
        "ethernet-mac-statistics",
        under=f"{_PORT}.*",
    ),
    **because(
        NO_FACT,
        "ethernet-fec-statistics.fec_ccw_error_rate",
        "ethernet-fec-statistics.fec_nccw_error_rate",
        under=f"{_PORT}.*",
    ),
    **because(NO_FACT, "queue-counters", "ingress-queue-counters", under=f"{_PORT}.*"),
    **because(NO_FACT, "logical-interface", under=f"{_PORT}.*"),
}
"""What is mapped is mapped by the tables: a reason may stand over it too, and excuses the rest."""


def _queues(name: str, direction: str) -> Table:
    return Table(
        QueueCounters,
        f"{_PORT}.*.{name}.queue.*",
        {
            "interface": lambda place: place.golden["interface-information"]["physical-interface"][
                int(place.names[0])
            ]["name"],
            "queue": "queue-number",
            "direction": lambda place: direction,
        },
        {
            "queue-counters-trans-packets": ("transmitted_pkts", int),
            "queue-counters-total-drop-packets": ("dropped_pkts", int),
            "forwarding-class-name": "traffic_class",
        },
    )


def _mtu_of(place: Place) -> Any:
    """The unit whose family this is."""
    port = place.golden["interface-information"]["physical-interface"][int(place.names[0])]
    if place.row.get("address-family-name") != "inet":
        raise SkipValue
    return port["logical-interface"][int(place.names[1])]["name"]


_SHOW = Golden(
    tables=(
        Table(Interface, f"{_PORT}.*", {"interface": "name"}, _STATE),
        Table(
            FecCounters,
            f"{_PORT}.*",
            {"interface": "name"},
            _FEC,
            unless=lambda place: "ethernet-fec-statistics" not in place.row,
        ),
        Table(Interface, f"{_PORT}.*.logical-interface.*", {"interface": "name"}, _UNIT),
        Table(
            Interface,
            f"{_PORT}.*.logical-interface.*.address-family.*",
            {"interface": _mtu_of},
            {"mtu": ("mtu_bytes", _number)},
        ),
        _queues("queue-counters", "out"),
        _queues("ingress-queue-counters", "in"),
    ),
    reasons=_REASONS,
    also=_admin_and_addresses,
    also_reads=(f"{_PORT}.*.admin-status",),
)


def _terse(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        fields: dict[str, Any] = {
            "admin_up": told["admin_state"] == "up",
            "oper_up": told["oper_status"] == "up",
        }
        families = told.get("protocol", {})
        addresses = [
            one["local"] if "/" in one["local"] else f"{one['local']}/32"
            for family in ("inet", "inet6")
            for one in families.get(family, {}).values()
            if not one["local"].startswith("fe80")
        ]
        if addresses:
            fields["addresses"] = tuple(addresses)
        yield Expected(Interface, {"interface": name}, fields)


def _instances(record: Record) -> Iterator[Expected]:
    for told in record.golden.values():
        for name in told["interfaces"]["interface"]:
            if told["name"] == "default":
                yield Expected(Interface, {"interface": name}, {"interface": name})


_OPTICS = f"{_PORT}.*.optics-diagnostics"
_LEVELS = {
    "low-alarm": "low_alarm",
    "low-warning": "low_warning",
    "high-warning": "high_warning",
    "high-alarm": "high_alarm",
}
_PARAMETERS = {
    "laser-rx-power": ("input_power", "dbm", dbm),
    "laser-output-power": ("output_power", "dbm", dbm),
    "laser-bias-current": ("bias_current", "ma", first_number),
    "module-temperature": ("temperature", "celsius", first_number),
    "module-voltage": ("supply_voltage", "v", first_number),
}
_DIAGNOSTICS = Table(
    OpticLane,
    f"{_PORT}.*",
    {"interface": "name"},
    {
        "optics-diagnostics.laser-bias-current": ("bias_current_ma", first_number),
        "optics-diagnostics.laser-output-power": ("output_power_dbm", dbm),
        "optics-diagnostics.receiver-signal-average-optical-power": ("input_power_dbm", dbm),
        "optics-diagnostics.module-temperature": ("temperature_celsius", first_number),
        "optics-diagnostics.module-voltage": ("supply_voltage_v", first_number),
    }
    | {
        f"optics-diagnostics.{theirs}-{level}-threshold": (f"{ours}_{word}_{unit}", convert)
        for theirs, (ours, unit, convert) in _PARAMETERS.items()
        for level, word in _LEVELS.items()
    },
)


def _napalm_optics(record: Record) -> Iterator[Expected]:
    """napalm writes 0.0 for what the module calls `- Inf`: that is no light, and no power of 1 mW."""
    for name, told in record.golden.items():
        for channel in told["physical_channels"]["channel"]:
            state = channel["state"]
            fields = {
                "input_power_dbm": state["input_power"]["instant"],
                "output_power_dbm": state["output_power"]["instant"] or -40.0,
                "bias_current_ma": state["laser_bias_current"]["instant"],
            }
            yield Expected(OpticLane, {"interface": name}, fields)


def _modules(record: Record) -> Iterator[Expected]:
    detail = record.golden["fpc-information"]["fpc"]["pic-detail"]
    for port in detail["port-information"]["port"]:
        fields = {
            "media_type": port["cable-type"],
            "vendor": port["sfp-vendor-name"],
            "part_number": port["sfp-vendor-pno"],
            "wavelength_nm": first_number(port["wavelength"]),
        }
        yield Expected(
            Transceiver,
            {"interface": f"et-{detail['slot']}/{detail['pic-slot']}/{port['port-number']}"},
            fields,
        )


def _queue_drops(record: Record) -> Iterator[Expected]:
    port = record.golden["interface-information"]["physical-interface"]
    for queue in port["queue-counters"]["queue"]:
        told = {key.removeprefix("queue-counters-"): value for key, value in queue.items()}
        fields = {
            "traffic_class": queue["forwarding-class-name"],
            "transmitted_pkts": int(told["trans-packets"]),
            "transmitted_bytes": int(told["trans-bytes"]),
            "dropped_pkts": int(told["tail-drop-packets"]) + int(told["red-packets"]),
            "dropped_bytes": int(told["red-bytes"]),
        }
        yield Expected(QueueCounters, {"interface": port["name"], "queue": queue["queue-number"]}, fields)


_BUNDLED = {"Collecting distributing": "bundled"}


def _lacp(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        for name, mux in zip(row["member_interface"], row["mux_state"], strict=True):
            yield Expected(
                LagMember, {"lag": row["bundle_name"], "interface": name}, {"state": _BUNDLED[mux]}
            )


def _lag(place: Place) -> Any:
    found = place.golden["lacp-interface-information-list"]["lacp-interface-information"]
    return found["lag-lacp-header"]["aggregate-name"]


_LACP = "lacp-interface-information-list.lacp-interface-information"

GOLDENS: dict[str, Golden] = {
    "ShowInterfaces": _SHOW,
    "ShowInterfacesExtensive": _SHOW,
    "ShowInterfacesStatistics": Golden(
        tables=(
            Table(
                Interface,
                f"{_PORT}.*",
                {"interface": "name"},
                _STATE | {"admin-status": ("admin_up", up), "interface-flapped": ("last_change_s", age)},
            ),
            *_SHOW.tables[2:4],
        ),
        reasons=_REASONS,
    ),
    "ShowInterfacesDescriptions": Golden(
        tables=(
            Table(
                Interface,
                f"{_PORT}.*",
                {"interface": "name"},
                {
                    "admin-status": ("admin_up", up),
                    "oper-status": ("oper_up", up),
                    "description": "description",
                },
            ),
        ),
    ),
    "ShowInterfacesTerse": Golden(also=_terse, also_reads=("*",)),
    "show_interfaces": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": "interface"},
                {"description": "description", "link_status": ("oper_up", up), "mtu": ("mtu_bytes", int)},
            ),
        ),
        reasons={
            **because(
                "the source made its addresses unreadable (x.x.x.x)",
                "destination",
                "local",
                under="parsed_sample.*",
            ),
            **because(NO_FACT, "hardware_type", "admin_state", under="parsed_sample.*"),
        },
    ),
    "get_network_instances": Golden(
        also=_instances,
        also_reads=("*.interfaces", "*.name"),
        reasons=because("of another answer of the same case", "*.state", "*.type"),
    ),
    "ShowInterfacesDiagnosticsOptics": Golden(tables=(_DIAGNOSTICS,), reasons=because(FLAG, _OPTICS)),
    "get_optics": Golden(
        also=_napalm_optics,
        also_reads=(
            "*.physical_channels.channel.*.state.input_power.instant",
            "*.physical_channels.channel.*.state.output_power.instant",
            "*.physical_channels.channel.*.state.laser_bias_current.instant",
        ),
        reasons=because("napalm fills in what Junos does not give", "*.physical_channels"),
    ),
    "ShowChassisPicFpcSlotPicSlot": Golden(
        also=_modules,
        also_reads=(
            "fpc-information.fpc.pic-detail.port-information",
            "fpc-information.fpc.pic-detail.slot",
            "fpc-information.fpc.pic-detail.pic-slot",
        ),
        reasons=because(NO_FACT, "fpc-information.fpc.pic-detail"),
    ),
    "ShowInterfacesQueue": Golden(
        also=_queue_drops,
        also_reads=(f"{_PORT}.queue-counters.queue", f"{_PORT}.name"),
        reasons=because(NO_FACT, _PORT),
    ),
    "show_lacp_interfaces": Golden(
        also=_lacp,
        also_reads=(
            "parsed_sample.*.bundle_name",
            "parsed_sample.*.member_interface",
            "parsed_sample.*.mux_state",
        ),
        reasons=because(OWN, "receive_state", "transmit_state", under="parsed_sample.*"),
    ),
    "ShowLacpInterfacesInterface": Golden(
        tables=(
            Table(
                LagMember,
                f"{_LACP}.lag-lacp-protocol.*",
                {"lag": _lag, "interface": "name"},
                {"lacp-mux-state": ("state", _BUNDLED.__getitem__)},
            ),
        ),
        reasons={
            **because(
                "what the state of the member is made of", "lag-lacp-state", "lag-lacp-protocol", under=_LACP
            ),
            **because("the key of the members", "lag-lacp-header", under=_LACP),
        },
    ),
}

WRONG = {
    "interfaces/002": {"10.0.0.1,/24": "a comma went into the address"},
    "interfaces/007": {"'ge-0/0/4.0'}": "the counters of another unit: the answer says 0"},
}
