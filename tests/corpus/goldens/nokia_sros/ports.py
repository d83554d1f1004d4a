"""Ports: ntc-templates, napalm, and the CSV of a port report."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from netdoctor.model.facts import Interface, LagMember, OpticLane, Transceiver
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.nokia_sros.words import CONFIGURED, NO_USE, up


def _module(word: str) -> str:
    """The module's kind, without copper's crossover and what was cut off; MDI alone is no kind."""
    kind = " ".join(re.sub(r"^MD[IX]\b", "", word).rstrip("* ").split())
    if not kind:
        raise SkipValue
    return kind


def _lag(word: str) -> str:
    if word == "-":
        raise SkipValue
    return f"lag-{word}"


_SHOW_PORT = Golden(
    tables=(
        Table(
            Interface,
            "parsed_sample.*",
            {"interface": "port_id"},
            {
                "admin_state": ("admin_up", up),
                "port_state": ("oper_up", up),
                "oper_mtu": ("mtu_bytes", int),
            },
        ),
        Table(
            Transceiver,
            "parsed_sample.*",
            {"interface": "port_id"},
            {"c_qs_s_xfp_mdimdx": ("media_type", _module)},
            unless=lambda place: re.sub(r"^MD[IX]", "", place.row["c_qs_s_xfp_mdimdx"]).strip() == "",
        ),
        Table(
            LagMember,
            "parsed_sample.*",
            {"interface": "port_id", "lag": ("lag", _lag)},
            unless=lambda place: place.row["lag"] in {"", "-"},
        ),
    ),
    reasons={
        "parsed_sample.*.cfg_mtu": CONFIGURED,
        "parsed_sample.*.link": "the physical link alone; the port's state says it too",
        "parsed_sample.*.port_encp": NO_USE,
        "parsed_sample.*.port_mode": NO_USE,
        "parsed_sample.*.port_type": NO_USE,
    },
)

_DESCRIPTIONS = Golden(
    tables=(
        Table(
            Interface,
            "parsed_sample.*",
            {"interface": "port_id"},
            {"description": ("description", str.strip)},
        ),
    )
)


def _report(record: Record) -> Iterator[Expected]:
    """One CSV of the whole router: the rows of the ports in this output."""
    here = set(re.findall(r"^Interface +: (\S+)", record.output, re.M))
    for row in csv.DictReader(io.StringIO(record.golden["csv"])):
        port = row["Port"].strip("'")
        if port not in here:
            continue
        fields = {
            "description": row["Description"].strip(),
            "admin_up": row["AdminState"].strip() == "up",
            "oper_up": row["OperState"].strip() == "up",
            "mtu_bytes": int(row["Mtu"]),
            "autoneg": row["AutoNegotiate"].strip() in {"true", "limited"},
            "in_fcs_errors_count": int(row["FCSErrors"]),
        }
        yield Expected(Interface, {"interface": port}, fields)
        if row["RxOptical"]:
            yield Expected(OpticLane, {"interface": port}, {"input_power_dbm": float(row["RxOptical"])})
            yield Expected(Transceiver, {"interface": port}, {"media_type": row["PortModule"]})


def _napalm_interfaces(record: Record) -> Iterator[Expected]:
    """napalm gives the chassis' MAC address to interfaces that have none, and -1 for what is not told."""
    for name, told in record.golden.items():
        fields = {"oper_up": told["is_up"], "admin_up": told["is_enabled"], "mtu_bytes": told["mtu"]}
        if told["speed"] > 0:
            fields |= {"speed_bps": told["speed"] * 1_000_000, "mac": told["mac_address"]}
        if told["description"]:
            fields["description"] = told["description"]
        yield Expected(Interface, {"interface": name}, fields)


_COUNTERS = {
    "tx_errors": "out_errors_count",
    "rx_errors": "in_errors_count",
    "tx_discards": "out_discards_count",
    "rx_discards": "in_discards_count",
    "tx_octets": "out_octets_bytes",
    "rx_octets": "in_octets_bytes",
}


def _napalm_counters(record: Record) -> Iterator[Expected]:
    """-1 is what the device does not count; packets are the sum of their kinds."""
    for name, told in record.golden.items():
        fields = {ours: told[theirs] for theirs, ours in _COUNTERS.items() if told[theirs] >= 0}
        for way, ours in (("rx", "in_pkts"), ("tx", "out_pkts")):
            kinds = [told[f"{way}_{kind}_packets"] for kind in ("unicast", "multicast", "broadcast")]
            if min(kinds) >= 0:
                fields[ours] = sum(kinds)
        yield Expected(Interface, {"interface": name}, fields)


def _napalm_optics(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        for channel in told["physical_channels"]["channel"]:
            state = channel["state"]
            fields = {
                "input_power_dbm": state["input_power"]["instant"],
                "output_power_dbm": state["output_power"]["instant"],
                "bias_current_ma": state["laser_bias_current"]["instant"],
            }
            yield Expected(OpticLane, {"interface": name, "lane": channel["index"]}, fields)


GOLDENS: dict[str, Golden] = {
    "show_port": _SHOW_PORT,
    "show_port_description": _DESCRIPTIONS,
    "Router_1": Golden(also=_report, also_reads=("csv",)),
    "get_interfaces": Golden(also=_napalm_interfaces, also_reads=("*",)),
    "get_interfaces_counters": Golden(also=_napalm_counters, also_reads=("*",)),
    "get_optics": Golden(also=_napalm_optics, also_reads=("*",)),
}
