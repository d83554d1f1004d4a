"""Interfaces: state, reason, speed, errors, rates."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    bits,
    named,
    on_one,
    said,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import count, duration_s, mac_address, speed_bps

_KINDS = (
    ("Ethernet", "ethernet"),
    ("port-channel", "lag"),
    ("Vlan", "vlan"),
    ("loopback", "loopback"),
    ("mgmt", "management"),
    ("nve", "tunnel"),
    ("Tunnel", "tunnel"),
    ("Bdi", "vlan"),
)
_REAL_SPEED = frozenset({"ethernet", "lag", "management"})
"""The bandwidth of the others is a number of the configuration, which nothing holds to."""


def kind_of(name: str) -> Any:
    """What sort of interface a long name names."""
    return next((kind for start, kind in _KINDS if name.startswith(start)), None)


@command(
    "show interface | json",
    area="interface",
    gives=(Interface,),
    sampled=True,
    timeout_s=30.0,
    aliases=("show interface" + J, *on_one("show interface", J)),
)
def interfaces(output: str, interface: str = "") -> Read:
    """Every interface with its counters."""
    yield from table(output, "interface", _interface)


def _interface(row: Object) -> Read:
    name = named(row.get("interface"))
    kind = kind_of(name)
    get = row.get
    state = said(get("state") or get("svi_line_proto"))
    reason = said(get("state_rsn_desc") or get("svi_rsn_desc"))
    yield Interface(
        interface=name,
        kind=kind,
        lower_layer=_parent(name),
        admin_up=admin_up(said(get("admin_state") or get("svi_admin_state")), state, reason),
        oper_up=_oper_up(state),
        oper_reason=None if state == "up" else reason,
        description=said(get("desc") or get("svi_desc")),
        mac=mac_address(get("eth_hw_addr") or get("svi_mac")),
        mtu_bytes=count(get("eth_mtu") or get("svi_mtu")),
        speed_bps=_speed(kind, said(get("eth_speed")), count(get("eth_bw"))),
        duplex=_duplex(said(get("eth_duplex"))),
        autoneg=_on(said(get("eth_autoneg"))),
        fec_mode=fec_mode(said(get("eth_oper_fec_state") or get("fec_mode"))),
        last_change_s=duration_s(get("eth_link_flapped")),
        carrier_transitions_count=count(get("eth_reset_cntr")),
        in_octets_bytes=count(_first(row, "eth_inbytes", "vdc_lvl_in_bytes", "loop_in_bytes")),
        out_octets_bytes=count(_first(row, "eth_outbytes", "vdc_lvl_out_bytes", "loop_out_bytes")),
        in_pkts=count(_first(row, "eth_inpkts", "vdc_lvl_in_pkts", "loop_in_pkts")),
        out_pkts=count(_first(row, "eth_outpkts", "vdc_lvl_out_pkts", "loop_out_pkts")),
        in_errors_count=count(get("eth_inerr")),
        in_fcs_errors_count=count(get("eth_crc")),
        in_stomped_count=count(get("eth_stomped_crc")),
        in_runts_count=count(get("eth_runts")),
        in_giants_count=count(get("eth_giants")),
        in_discards_count=count(get("eth_indiscard")),
        out_errors_count=count(get("eth_outerr")),
        out_discards_count=count(get("eth_outdiscard")),
        late_collisions_count=count(get("eth_latecoll")),
        in_rate_bps=bits(_first(row, "eth_inrate1_bits", "vdc_lvl_in_avg_bits")),
        out_rate_bps=bits(_first(row, "eth_outrate1_bits", "vdc_lvl_out_avg_bits")),
        addresses=_address(row),
    )


def _parent(name: str) -> str | None:
    """The port that a subinterface stands on: `Ethernet1/1` of `Ethernet1/1.100`."""
    port, dotted, _ = name.partition(".")
    return port if dotted else None


def _first(row: Object, *keys: str) -> Any:
    for key in keys:
        if (value := row.get(key)) is not None:
            return value
    return None


def admin_up(admin: str | None, state: str | None, reason: str | None) -> bool | None:
    """False when the administrator has shut the interface; older releases say it only in the reason."""
    if reason and "administratively" in reason.lower():
        return False
    if admin:
        return admin.lower() == "up"
    return True if state == "up" or reason else None


def _oper_up(state: str | None) -> bool | None:
    return state.lower() in {"up", "trunking"} if state else None


def _duplex(word: str | None) -> Any:
    return word if word in {"full", "half"} else None


def _on(word: str | None) -> bool | None:
    return {"on": True, "off": False}.get(word.lower()) if word else None


def _speed(kind: str | None, speed: str | None, bandwidth_kbps: int | None) -> int | None:
    """Bits a second: a bundle's own is the sum of its members', and stands in its bandwidth."""
    if kind not in _REAL_SPEED:
        return None
    told = speed_bps(speed) if kind != "lag" else None
    return told if told or bandwidth_kbps is None else bandwidth_kbps * 1000


def fec_mode(word: str | None) -> str | None:
    """The common word for `Rs-fec`, `Fc-fec`, `rs-544` and `off`."""
    if not word or word.lower() in {"auto", "na"}:
        return None
    known = (("rs", "reed-solomon"), ("fc", "fire-code"), ("off", "disabled"))
    return next((ours for start, ours in known if word.lower().startswith(start)), word)


def _address(row: Object) -> tuple[str, ...] | None:
    for kind in ("eth", "svi"):
        if (address := said(row.get(f"{kind}_ip_addr"))) and (mask := said(row.get(f"{kind}_ip_mask"))):
            return (f"{address}/{mask}",)
    return None


_HEAD = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]{0,60}\d) is (?P<state>up|down|trunking|administratively down|"
    r"(?:not )?connected|suspended|link-up)\b(?: \((?P<reason>.+?)\)(?=,|$| ))?(?P<rest>.*)$",
    re.MULTILINE,
)
_ADMIN = re.compile(r"admin state(?: is|:) ?(up|down)", re.I)
_MAC = re.compile(r"address(?: is|:) {1,4}([0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4})")
_DESCRIPTION = re.compile(r"^ *(?:Description:|Port description is) (.+)$", re.M)
_ADDRESS = re.compile(r"Internet [Aa]ddress is (\d+\.\d+\.\d+\.\d+/\d+)")
_MTU = re.compile(r"MTU (\d+) bytes(?:, {1,4}BW (\d+) Kbit)?")
_SPEED = re.compile(r"(full|half|auto)-duplex, ([^,\n]+)")
_AUTONEG = re.compile(r"Auto-Negotiation is turned (on|off)")
_FEC = re.compile(r"oper fec state is (\S+)", re.I)
_FLAPPED = re.compile(r"Last link flapped (.+)$", re.M)
_RESETS = re.compile(r"(\d+) interface resets?")
_RATE = re.compile(r"(in|out)put rate (\d+) bits/sec")
_WAY = re.compile(r"^ *(RX|TX) *$", re.M | re.I)
_COUNTER = re.compile(r"(\d+) ((?:[A-Za-z][A-Za-z/]* ?){1,4})")


@command(
    "show interface",
    area="interface",
    gives=(Interface,),
    sampled=True,
    timeout_s=30.0,
    arguments=without_json,
    aliases=on_one("show interface"),
)
def interfaces_in_text(output: str, interface: str = "") -> Read:
    """The same in text."""
    if structured(output):
        yield from interfaces(output)
        return
    nothing = True
    for item in each(blocks(output, _HEAD), _block):
        nothing = False
        yield item
    if nothing and output.strip():
        raise NotUnderstood("no line like 'Ethernet1/1 is up'")


def _block(block: Block) -> Read:
    head, text = block.head, block.text
    name = named(head["name"])
    kind, state, reason = kind_of(name), head["state"], head["reason"] or None
    state = "down" if "line protocol is down" in head["rest"] else state
    mtu, speed = _MTU.search(text), _SPEED.search(text)
    rates = dict(_RATE.findall(text)[1::-1]) if text else {}
    _, *traffic = _WAY.split(text)
    yield Interface(
        interface=name,
        kind=kind,
        lower_layer=_parent(name),
        admin_up=admin_up(_found(_ADMIN, text), state, reason),
        oper_up=_oper_up(state),
        oper_reason=None if state == "up" else reason,
        description=said(_found(_DESCRIPTION, text)),
        mac=mac_address(_found(_MAC, text)),
        mtu_bytes=count(mtu[1]) if mtu else None,
        speed_bps=_speed(kind, speed[2] if speed else None, count(mtu[2]) if mtu else None),
        duplex=_duplex(speed[1]) if speed else None,
        autoneg=_on(_found(_AUTONEG, text)),
        fec_mode=fec_mode(_found(_FEC, text)),
        last_change_s=duration_s(_found(_FLAPPED, text)),
        carrier_transitions_count=count(_found(_RESETS, text)),
        in_rate_bps=bits(rates.get("in")),
        out_rate_bps=bits(rates.get("out")),
        addresses=(address,) if (address := _found(_ADDRESS, text)) else None,
        **(_counters(traffic) if traffic else {}),
    )


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1].strip() if found else None


_BY_CAST = re.compile(r"[umb]cast: (\d+) pkts, (\d+) bytes")


def _counted(part: str) -> dict[str, str]:
    """Amounts by their names, before which they stand. A tunnel tells packets and bytes of each cast."""
    told = {name.strip().lower(): amount for amount, name in _COUNTER.findall(part)}
    if casts := _BY_CAST.findall(part):
        told["packets"], told["bytes"] = (str(sum(map(int, column))) for column in zip(*casts, strict=True))
    return told


def _packets(told: dict[str, str], way: str) -> int | None:
    """All packets, from the line that counts them or from those of each cast."""
    for name in (f"{way} packets", f"packets {way}", "packets"):
        if name in told:
            return count(told[name])
    casts = [
        told[name] for name in ("unicast packets", "multicast packets", "broadcast packets") if name in told
    ]
    return count(sum(map(int, casts))) if casts else None


def _counters(traffic: list[str]) -> dict[str, Any]:
    """What was received and sent, by kind, from `RX`, its text, `TX`, its text."""
    parts = {way.lower(): text for way, text in zip(traffic[::2], traffic[1::2], strict=True)}
    received, sent = _counted(parts.get("rx", "")), _counted(parts.get("tx", ""))
    return {
        "in_octets_bytes": count(received.get("bytes")),
        "out_octets_bytes": count(sent.get("bytes")),
        "in_pkts": _packets(received, "input"),
        "out_pkts": _packets(sent, "output"),
        "in_errors_count": count(received.get("input error")),
        "in_fcs_errors_count": count(received.get("crc/fcs") or received.get("crc")),
        "in_stomped_count": count(received.get("stomped crc")),
        "in_runts_count": count(received.get("runts")),
        "in_giants_count": count(received.get("giants")),
        "in_discards_count": count(received.get("input discard")),
        "out_errors_count": count(sent.get("output error") or sent.get("output errors")),
        "out_discards_count": count(sent.get("output discard")),
        "late_collisions_count": count(sent.get("late collision")),
    }
