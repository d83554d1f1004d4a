"""Goldens of interfaces, their addresses and optics."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, OpticLane, Transceiver
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_nxos.words import NO_FACT, OWN_NAME, is_up, mac, mbps, port, real, told, whole

_NAME = {"interface": ("*0", port)}


def _napalm_interfaces(record: Record) -> Iterator[Expected]:
    """napalm's speed is the bandwidth in Mbit/s; that of a loopback or VLAN is a number without a
    meaning."""
    for name, row in record.golden.items():
        fields: dict[str, Any] = {
            "admin_up": row["is_enabled"],
            "oper_up": row["is_up"],
            "mtu_bytes": row["mtu"],
            "description": row["description"] or None,
        }
        if row["mac_address"]:
            fields["mac"] = mac(row["mac_address"])
        if not name.startswith(("Loopback", "loopback", "Vlan")):
            fields["speed_bps"] = int(row["speed"] * 1_000_000)
        yield Expected(Interface, {"interface": port(name)}, fields)


def _napalm_counters(record: Record) -> Iterator[Expected]:
    """`rx_errors` and `tx_errors` are sums of napalm's own: zero in this record, ours too but for a CRC."""
    for name, row in record.golden.items():
        fields = {
            "in_octets_bytes": row["rx_octets"],
            "out_octets_bytes": row["tx_octets"],
            "in_discards_count": row["rx_discards"],
            "out_discards_count": row["tx_discards"],
            "in_errors_count": row["rx_errors"],
            "out_errors_count": row["tx_errors"],
        }
        yield Expected(Interface, {"interface": port(name)}, fields)


def _napalm_addresses(record: Record) -> Iterator[Expected]:
    """One golden joins the answers of both families; addresses of the link alone are not facts."""
    version = "ipv6" if "ipv6" in record.command else "ipv4"
    for name, told_ in record.golden.items():
        wanted = {
            f"{address}/{known['prefix_length']}"
            for address, known in told_.get(version, {}).items()
            if not ipaddress.ip_address(address).is_link_local
        }
        if wanted:
            yield Expected(Interface, {"interface": name}, {"addresses": tuple(sorted(wanted))})


def _address_of(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        pairs = [(row["primary_ip_address"], row["primary_ip_subnet"])]
        pairs += zip(row["secondary_ip_address"], row["secondary_ip_subnet"], strict=True)
        wanted = tuple(f"{address}/{subnet.partition('/')[2]}" for address, subnet in pairs if address)
        yield Expected(Interface, {"interface": port(row["interface"])}, {"addresses": wanted or None})


def _addresses_of_genie(record: Record) -> Iterator[Expected]:
    for name, row in record.golden.items():
        wanted = [
            f"{known['ip']}/{known['prefix_length']}"
            for known in row.get("ipv4", {}).values()
            if isinstance(known, dict) and "ip" in known
        ]
        if wanted and not row.get("unnumbered"):
            yield Expected(Interface, {"interface": port(name)}, {"addresses": tuple(wanted)})


def _reason(value: str) -> str:
    return str(told(value))


def _link(part: int) -> Any:
    """A part of `protocol-up/link-up/admin-up`."""
    return lambda value: value.split("/")[part].rpartition("-")[2] == "up"


_BRIEF = {"status": ("oper_up", is_up), "reason": ("oper_reason", _reason), "speed": ("speed_bps", mbps)}
_LANE = {"interface": ("*0", port), "lane": lambda place: max(int(place.names[1].split()[0]), 1)}
_PARAMETERS = {
    "Current": ("bias_current", "ma"),
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Tx Power": ("output_power", "dbm"),
    "Rx Power": ("input_power", "dbm"),
}
_NTC_PARAMETERS = {
    "amps": "Current",
    "temperature": "Temperature",
    "voltage": "Voltage",
    "tx": "Tx Power",
    "rx": "Rx Power",
}


def _of_lane(value: str, columns: dict[str, str], separator: str) -> dict[str, Any]:
    ours, unit = _PARAMETERS[value]
    return {name: (f"{ours}{limit}_{unit}", real) for name, limit in columns.items()}


_GENIE_COLUMNS = {
    "current": "",
    "high_alarm": "_high_alarm",
    "high_warning": "_high_warning",
    "low_alarm": "_low_alarm",
    "low_warning": "_low_warning",
}
_NTC_COLUMNS = {
    "value": "",
    "alarm_high": "_high_alarm",
    "warn_high": "_high_warning",
    "alarm_low": "_low_alarm",
    "warn_low": "_low_warning",
}


def _is_virtual(place: Place) -> bool:
    return not place.names[0].startswith(("Ethernet", "mgmt", "Port-channel"))


def _no_type(place: Place) -> bool:
    return place.row.get("type") in (None, "--")


def _kbps(value: int) -> int:
    return value * 1000


def _present(value: str) -> bool:
    if value not in ("present", "not present"):
        raise SkipValue
    return value == "present"


def _has_module(place: Place) -> bool:
    return place.row["status"] == "not applicable"


GOLDENS = {
    "get_interfaces": Golden(
        also=_napalm_interfaces,
        also_reads=tuple(
            f"*.{key}" for key in ("is_enabled", "is_up", "mtu", "mac_address", "description", "speed")
        ),
        reasons={"*.last_flapped": "napalm makes a date of it, or -1; the age is not in the golden"},
    ),
    "get_interfaces_counters": Golden(
        also=_napalm_counters,
        also_reads=tuple(
            f"*.{way}_{key}" for way in ("rx", "tx") for key in ("octets", "discards", "errors")
        ),
        reasons={
            f"*.{way}_{cast}_packets": "packets are counted together, not by how they are cast"
            for way in ("rx", "tx")
            for cast in ("unicast", "multicast", "broadcast")
        },
    ),
    "get_interfaces_ip": Golden(also=_napalm_addresses, also_reads=("*.ipv4", "*.ipv6")),
    "ShowInterfaceBrief": Golden(
        tables=(
            *(
                Table(Interface, f"interface.{kind}.*", _NAME, _BRIEF)
                for kind in ("ethernet", "port_channel", "vlan", "nve")
            ),
            Table(
                Interface,
                "interface.port.*",
                _NAME,
                {"status": ("oper_up", is_up), "mtu": "mtu_bytes", "speed": ("speed_bps", mbps)},
            ),
            Table(Interface, "interface.nve.*", _NAME, {"mtu": ("mtu_bytes", whole)}),
            Table(
                Interface,
                "interface.loopback.*",
                _NAME,
                {"status": ("oper_up", is_up), "description": ("description", told)},
            ),
        ),
        reasons={
            "interface.*.*.mode": NO_FACT,
            "interface.*.*.port_ch": "members of bundles are read from the bundles",
            "interface.*.*.type": NO_FACT,
            "interface.*.*.vlan": "without its tagging, of which this table does not tell",
            "interface.*.*.protocol": NO_FACT,
            "interface.*.*.ip_address": "has no length",
            "interface.*.*.vrf": "of the management port it is never told",
        },
    ),
    "ShowInterfaceCounters": Golden(
        tables=(
            Table(
                Interface,
                "interfaces.*",
                _NAME,
                {"in_octets": "in_octets_bytes", "out_octets": "out_octets_bytes"},
            ),
        ),
        reasons={
            f"interfaces.*.{way}_{cast}_pkts": "packets are counted together, not by how they are cast"
            for way in ("in", "out")
            for cast in ("ucast", "mcast", "bcast")
        },
    ),
    "show_interface_description": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": ("port", port)},
                {"description": ("description", told), "speed": ("speed_bps", mbps)},
            ),
        ),
        reasons={"parsed_sample.*.type": NO_FACT},
    ),
    "ShowInterfaceStatus": Golden(
        tables=(
            Table(
                Interface,
                "interfaces.*",
                _NAME,
                {
                    "name": ("description", told),
                    "status": ("oper_up", is_up),
                    "duplex_code": ("duplex", lambda value: told(value) if value != "auto" else None),
                    "port_speed": ("speed_bps", mbps),
                },
            ),
            Table(Transceiver, "interfaces.*", _NAME, {"type": ("media_type", told)}, unless=_no_type),
        ),
        reasons={"interfaces.*.vlan": "without its tagging, of which this table does not tell"},
    ),
    "show_interface_status_err-disabled": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": ("interface", port)},
                {"port_error": "oper_reason", "name": ("description", told)},
            ),
        ),
        reasons={"parsed_sample.*.status": "the reason, cut short"},
    ),
    "ShowInterface": Golden(
        tables=(
            Table(
                Interface,
                "*",
                _NAME,
                {
                    "oper_status": ("oper_up", is_up),
                    "enabled": "admin_up",
                    "mac_address": ("mac", mac),
                    "mtu": "mtu_bytes",
                    "link_down_reason": "oper_reason",
                },
            ),
            Table(Interface, "*", _NAME, {"bandwidth": ("speed_bps", _kbps)}, unless=_is_virtual),
        ),
        reasons={
            "*.admin_state": "the same as `enabled`",
            "*.link_state": "the same as `oper_status`",
            "*.types": NO_FACT,
            "*.phys_address": "the burnt-in address; the one in use is kept",
            "*.delay": NO_FACT,
            "*.dedicated_interface": NO_FACT,
            "*.port_channel": "members of bundles are read from the bundles",
            "*.autostate": NO_FACT,
            "*.parent_interface": OWN_NAME,
            "*.line_protocol": "the same as `oper_status`",
        },
    ),
    "show_ip_interface": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": ("interface", port)},
                {
                    "vrf_name": "vrf",
                    "protocol_status": ("oper_up", is_up),
                    "admin_status": ("admin_up", is_up),
                    "mtu": ("mtu_bytes", whole),
                },
            ),
        ),
        also=_address_of,
        also_reads=tuple(
            f"parsed_sample.*.{rank}_ip_{what}"
            for rank in ("primary", "secondary")
            for what in ("address", "subnet")
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowIpInterfaceVrfAll": Golden(
        tables=(
            Table(
                Interface,
                "*",
                _NAME,
                {
                    "vrf": "vrf",
                    "interface_status": ("oper_up", _link(0)),
                    "ip_mtu": "mtu_bytes",
                },
            ),
            Table(Interface, "*", _NAME, {"interface_status": ("admin_up", _link(2))}),
        ),
        also=_addresses_of_genie,
        also_reads=("*.ipv4.*.ip", "*.ipv4.*.prefix_length"),
        reasons={"*": NO_FACT},
    ),
    "show_interface_transceiver": Golden(
        tables=(
            Table(
                Transceiver,
                "parsed_sample.*",
                {"interface": ("interface", port)},
                {
                    "manufacturer": "vendor",
                    "part_number": "part_number",
                    "serial": "serial",
                    "type": "media_type",
                    "status": ("present", _present),
                },
                unless=_has_module,
            ),
        ),
        reasons={"parsed_sample.*.product_id": "the vendor's own part number is kept"},
    ),
    "ShowInterfaceTransceiverDetails": Golden(
        tables=(
            Table(
                Transceiver,
                "*",
                _NAME,
                {
                    "name": "vendor",
                    "part_number": "part_number",
                    "serial_number": "serial",
                    "transceiver_type": "media_type",
                    "transceiver_present": "present",
                },
            ),
            *(
                Table(
                    OpticLane,
                    f"*.lane_number.*.{parameter}",
                    _LANE,
                    _of_lane(parameter, _GENIE_COLUMNS, "."),
                )
                for parameter in _PARAMETERS
            ),
        ),
        reasons={
            **{
                f"*.{key}": NO_FACT
                for key in (
                    "cis_part_number",
                    "cis_product_id",
                    "cis_version_id",
                    "cisco_id",
                    "nominal_bitrate",
                    "revision",
                    "link_length",
                    "cisco_extended_id_number",
                    "number_of_lanes",
                    "wavelength",
                )
            },
            "*.dom_supported": "follows from the lanes",
            "*.lane_number.*.*.alarm": "follows from the value and its thresholds",
            "*.lane_number.*.tx_fault_count": NO_FACT,
            "*.lane_number.*.num_lanes": NO_FACT,
        },
    ),
    "show_interface_transceiver_details": Golden(
        tables=tuple(
            Table(
                OpticLane,
                "parsed_sample.*",
                {"interface": ("interface", port), "lane": lambda place: int(place.row["lane"] or 1)},
                {f"{theirs}_{name}": where for name, where in _of_lane(parameter, _NTC_COLUMNS, "_").items()},
            )
            for theirs, parameter in _NTC_PARAMETERS.items()
        ),
        reasons={"parsed_sample.*.lane": OWN_NAME, "parsed_sample.*.interface": OWN_NAME},
    ),
}

_FIRST_WORD = "the golden's template takes the first word of several"
_UNNUMBERED = "the block is that of loopback0, which only names the interfaces that borrow its address"

WRONG = {
    "optics/001": {"expected 'Arista'": _FIRST_WORD},
    "optics/002": {"expected 'Arista'": _FIRST_WORD},
    "optics/003": {"expected 'Arista'": _FIRST_WORD},
    "optics/005": {"expected 'Fabric'": _FIRST_WORD},
    "mtu/005": {
        "'Ethernet2/11'} addresses": _UNNUMBERED,
        "'Ethernet2/12'} addresses": _UNNUMBERED,
    },
}
