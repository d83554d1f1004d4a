"""`show interfaces` and its kin."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, address_of, as_json, counted

MULTICAST_SHARE = 0.0004


def status(port: Port) -> tuple[str, str]:
    """`interfaceStatus` and `lineProtocolStatus` in EOS's words."""
    if not port.admin_up:
        return "disabled", "down"
    if port.disabled_reason:
        return "errdisabled", "down"
    return ("connected", "up") if port.oper_up else ("notconnect", "down")


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of, in the order in which EOS lists them."""
    ports = view.device.ports.values()
    return [port for port in ports if interface in (None, port.name)]


@answers("show interfaces | json", "show interfaces {interface} | json")
def interfaces(view: View, interface: str | None = None) -> str:
    found = {port.name: _interface(port, view) for port in chosen(view, interface)}
    if interface in (None, "Loopback0"):
        found["Loopback0"] = _loopback(view)
    return as_json({"interfaces": found})


def _interface(port: Port, view: View) -> dict[str, Any]:
    link, protocol = status(port)
    management = port.kind == "management"
    return {
        "name": port.name,
        "forwardingModel": "routed" if port.address else "bridged",
        "lineProtocolStatus": protocol,
        "interfaceStatus": link,
        "hardware": "ethernet",
        "interfaceAddress": _address(port),
        "physicalAddress": port.mac,
        "burnedInAddress": port.mac,
        "description": port.description,
        "bandwidth": port.speed_bps,
        "mtu": port.mtu_bytes,
        "l3MtuConfigured": port.mtu_bytes != 1500,
        "l2Mru": 0,
        "lastStatusChangeTimestamp": port.last_change_at,
        "interfaceStatistics": {
            "updateInterval": 300.0,
            "inBitsRate": port.in_bps,
            "inPktsRate": port.meters["in_pkts"].rate_per_s,
            "outBitsRate": port.out_bps,
            "outPktsRate": port.meters["out_pkts"].rate_per_s,
        },
        "interfaceCounters": _counters(port, view),
        "duplex": "duplexFull",
        "autoNegotiate": "success" if management else "off",
        "loopbackMode": "loopbackNone",
        "lanes": 0,
    }


def _address(port: Port) -> list[dict[str, Any]]:
    found = address_of(port)
    return [_primary(*found)] if found else []


def _primary(address: str, length: int) -> dict[str, Any]:
    return {
        "primaryIp": {"address": address, "maskLen": length},
        "secondaryIps": {},
        "secondaryIpsOrderedList": [],
        "virtualIp": {"address": NO_ADDRESS, "maskLen": 0},
        "broadcastAddress": "255.255.255.255",
        "dhcp": False,
    }


def _counters(port: Port, view: View) -> dict[str, Any]:
    counts = counted(port, view)
    multicast = {way: int(counts[f"{way}_pkts"] * MULTICAST_SHARE) for way in ("in", "out")}
    return {
        "inOctets": counts["in_octets"],
        "inUcastPkts": counts["in_pkts"] - multicast["in"],
        "inMulticastPkts": multicast["in"],
        "inBroadcastPkts": 0,
        "inDiscards": counts["in_discards"],
        "inTotalPkts": counts["in_pkts"],
        "outOctets": counts["out_octets"],
        "outUcastPkts": counts["out_pkts"] - multicast["out"],
        "outMulticastPkts": multicast["out"],
        "outBroadcastPkts": 0,
        "outDiscards": counts["out_discards"],
        "outTotalPkts": counts["out_pkts"],
        "linkStatusChanges": port.carrier_transitions_count,
        "totalInErrors": counts["in_fcs_errors"] + counts["in_giants"],
        "inputErrorsDetail": {
            "runtFrames": 0,
            "giantFrames": counts["in_giants"],
            "fcsErrors": counts["in_fcs_errors"],
            "alignmentErrors": 0,
            "symbolErrors": 0,
            "rxPause": 0,
        },
        "totalOutErrors": 0,
        "outputErrorsDetail": {
            "collisions": 0,
            "lateCollisions": 0,
            "deferredTransmissions": 0,
            "txPause": 0,
        },
        "counterRefreshTime": view.device_time,
    }


def _loopback(view: View) -> dict[str, Any]:
    return {
        "name": "Loopback0",
        "forwardingModel": "routed",
        "lineProtocolStatus": "up",
        "interfaceStatus": "connected",
        "hardware": "loopback",
        "interfaceAddress": [_primary(view.device.loopback, 32)],
        "description": "",
        "bandwidth": 0,
        "mtu": 65535,
        "lastStatusChangeTimestamp": view.device.booted_at + 90.0,
    }


@answers("show interfaces counters errors | json", "show interfaces {interface} counters errors | json")
def errors(view: View, interface: str | None = None) -> str:
    found = {port.name: counted(port, view) for port in chosen(view, interface)}
    return as_json(
        {
            "interfaceErrorCounters": {
                name: {
                    "inErrors": counts["in_fcs_errors"] + counts["in_giants"],
                    "frameTooLongs": counts["in_giants"],
                    "frameTooShorts": 0,
                    "fcsErrors": counts["in_fcs_errors"],
                    "alignmentErrors": 0,
                    "symbolErrors": 0,
                    "outErrors": 0,
                }
                for name, counts in found.items()
            }
        }
    )


@answers("show interfaces status errdisabled | json")
def errdisabled(view: View) -> str:
    return as_json(
        {
            "interfaceStatuses": {
                port.name: {
                    "description": port.description,
                    "status": "errdisabled",
                    "causes": [port.disabled_reason],
                }
                for port in view.device.ports.values()
                if port.disabled_reason
            }
        }
    )


@answers("show interfaces status | json")
def statuses(view: View) -> str:
    return as_json({"interfaceStatuses": {port.name: _status(port) for port in view.device.ports.values()}})


def _status(port: Port) -> dict[str, Any]:
    link, protocol = status(port)
    routed = port.address is not None
    return {
        "description": port.description,
        "linkStatus": link,
        "lineProtocolStatus": protocol,
        "bandwidth": port.speed_bps,
        "duplex": "duplexFull",
        "autoNegotiateActive": port.kind == "management",
        "interfaceType": media(port),
        "vlanInformation": {"interfaceMode": "routed", "interfaceForwardingModel": "routed"}
        if routed
        else {"interfaceMode": "bridged", "interfaceForwardingModel": "bridged", "vlanId": 1},
    }


def media(port: Port) -> str:
    """What is plugged in, as EOS calls it."""
    if port.kind == "management":
        return "10/100/1000"
    if port.optic:
        return port.optic.type.media_type
    return "10GBASE-CR" if port.host else "Not Present"


@answers("show ip interface | json")
def ip_interfaces(view: View) -> str:
    found: dict[str, Any] = {}
    for port in view.device.ports.values():
        if (place := address_of(port)) is None:
            continue
        link, protocol = status(port)
        found[port.name] = {
            "name": port.name,
            "description": port.description,
            "interfaceStatus": link,
            "lineProtocolStatus": protocol,
            "enabled": port.admin_up,
            "mtu": port.mtu_bytes,
            "interfaceAddress": _primary(*place),
            "proxyArp": False,
            "vrf": "MGMT" if port.kind == "management" else "default",
        }
    return as_json({"interfaces": found})
