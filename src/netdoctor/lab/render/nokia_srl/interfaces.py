"""Ports and subinterfaces in the state tree."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import chosen, listed, stamp, subinterface
from netdoctor.lab.render.nokia_srl.transceivers import transceiver
from netdoctor.lab.render.text import counted

ETHERNET_HEADER_BYTES = 14
MULTICAST_SHARE = 0.0004
FEC_WORDS = {None: "disabled", "reed-solomon": "rs-528", "fire-code": "base-r"}


def reason(port: Port) -> str | None:
    """Why a port is down, in SR Linux's words."""
    if port.oper_up:
        return None
    if not port.admin_up:
        return "port-admin-disabled"
    return "event-handler" if port.disabled_reason else "lower-layer-down"


@answers("info from state interface {interface} | as json")
def interfaces(view: View, interface: str = "*") -> str:
    found = [_port(port, view) for port in chosen(view, interface)]
    if interface.partition(".")[0] in ("*", "system0"):
        found.append(_system(view))
    return listed("interface", found)


@answers("info from state interface {interface} {part} | as json")
def part_of_interface(view: View, interface: str, part: str) -> str:
    return _part(view, interface, part)


def _part(view: View, interface: str, part: str) -> str:
    entries = [(port.name, _port(port, view).get(part)) for port in chosen(view, interface)]
    return listed("interface", [{"name": name, part: told} for name, told in entries if told])


@answers(
    "info from state interface {interface} subinterface * | as json",
    "info from state interface {interface} subinterface * ipv4 arp | as json",
    "info from state interface {interface} subinterface * ipv6 neighbor-discovery | as json",
)
def subinterfaces(view: View, interface: str) -> str:
    return _part(view, interface, "subinterface")


def _port(port: Port, view: View) -> dict[str, Any]:
    why = reason(port)
    told: dict[str, Any] = {"name": port.name}
    if port.description:
        told["description"] = port.description
    told |= {
        "admin-state": "enable" if port.admin_up else "disable",
        "mtu": port.mtu_bytes + ETHERNET_HEADER_BYTES,
        "loopback-mode": "none",
        "ifindex": 16382 + 32768 * port.index,
        "oper-state": "up" if port.oper_up else "down",
        **({"oper-down-reason": why} if why else {}),
        "last-change": stamp(view.device, port.last_change_at or view.device.booted_at),
    }
    if port.kind == "ethernet":
        told |= {"linecard": 1, "forwarding-complex": "0", "forwarding-mode": "store-and-forward"}
    told |= {
        "vlan-tagging": False,
        "statistics": _statistics(port, view),
        "traffic-rate": {"in-bps": str(int(port.in_bps)), "out-bps": str(int(port.out_bps))},
    }
    if port.kind == "ethernet":
        told["transceiver"] = transceiver(port, view)
    return told | {"ethernet": _ethernet(port, view), "subinterface": _subinterfaces(port, view)}


def _statistics(port: Port, view: View) -> dict[str, str]:
    counts = counted(port, view)
    found: dict[str, int] = {}
    for way in ("in", "out"):
        multicast = int(counts[f"{way}_pkts"] * MULTICAST_SHARE)
        broken = counts["in_fcs_errors"] + counts["in_giants"] if way == "in" else 0
        found |= {
            f"{way}-packets": counts[f"{way}_pkts"],
            f"{way}-octets": counts[f"{way}_octets"],
            f"{way}-unicast-packets": counts[f"{way}_pkts"] - multicast,
            f"{way}-broadcast-packets": 0,
            f"{way}-multicast-packets": multicast,
            f"{way}-discarded-packets": counts[f"{way}_discards"],
            f"{way}-error-packets": broken,
        }
    found["in-fcs-error-packets"] = counts["in_fcs_errors"]
    found["carrier-transitions"] = port.carrier_transitions_count
    return {name: str(count) for name, count in found.items()}


def _ethernet(port: Port, view: View) -> dict[str, Any]:
    counts = counted(port, view)
    frames = {"in-oversize-frames": counts["in_giants"], "in-crc-error-frames": counts["in_fcs_errors"]}
    told: dict[str, Any] = {
        "port-speed": f"{port.speed_bps // 1_000_000_000}G",
        "hw-mac-address": port.mac.upper(),
        "flow-control": {"receive": False},
    }
    if port.kind == "management":
        return told | {"auto-negotiate": True, "duplex-mode": "full"}
    quiet = ("in-mac-pause-frames", "in-jabber-frames", "in-fragment-frames", "out-mac-pause-frames")
    return told | {
        "forward-error-correction": {"operational-algorithm": FEC_WORDS.get(port.fec_mode, port.fec_mode)},
        "hold-time": {"up": 0, "down": 0},
        "statistics": {name: str(count) for name, count in {**dict.fromkeys(quiet, 0), **frames}.items()},
    }


def _subinterfaces(port: Port, view: View) -> list[dict[str, Any]]:
    if port.address is None:
        return []
    up = port.oper_up
    return [
        {
            "index": 0,
            "type": "routed",
            "admin-state": "enable",
            "ip-mtu": port.mtu_bytes,
            "name": subinterface(port),
            "ifindex": port.index,
            "oper-state": "up" if up else "down",
            **({} if up else {"oper-down-reason": "port-down"}),
            "last-change": stamp(view.device, port.last_change_at or view.device.booted_at),
            "ipv4": {
                "admin-state": "enable",
                "allow-directed-broadcast": False,
                "address": [_address(port.address)],
                "arp": {
                    "duplicate-address-detection": True,
                    "timeout": 14400,
                    **({"neighbor": found} if (found := _neighbors(port, view)) else {}),
                },
            },
        }
    ]


def _address(prefix: str) -> dict[str, Any]:
    return {"ip-prefix": prefix, "origin": "static", "primary": [None], "status": "preferred"}


def arp_of(port: Port) -> tuple[str, str] | None:
    """The address and MAC address of who is at the other end."""
    if not port.oper_up:
        return None
    if port.host:
        return port.host.address, port.host.mac
    far = port.far
    return (far.address.partition("/")[0], far.mac) if far and far.address else None


def _neighbors(port: Port, view: View) -> list[dict[str, Any]]:
    heard = arp_of(port)
    if heard is None:
        return []
    left_s = 14400 - int(view.at - port.last_change_at) % 14400
    return [
        {
            "ipv4-address": heard[0],
            "link-layer-address": heard[1].upper(),
            "origin": "dynamic",
            "expiration-time": stamp(view.device, view.at + left_s),
            "datapath-programming": {"status": "success"},
        }
    ]


def _system(view: View) -> dict[str, Any]:
    since = stamp(view.device, view.device.booted_at + 90.0)
    return {
        "name": "system0",
        "admin-state": "enable",
        "loopback-mode": "none",
        "oper-state": "up",
        "last-change": since,
        "subinterface": [
            {
                "index": 0,
                "type": "routed",
                "admin-state": "enable",
                "name": "system0.0",
                "oper-state": "up",
                "last-change": since,
                "ipv4": {"admin-state": "enable", "address": [_address(f"{view.device.loopback}/32")]},
            }
        ],
    }
