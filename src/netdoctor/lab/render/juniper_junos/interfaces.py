"""`show interfaces`, its kin, and queues."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.shape import Said, Tree, age, root, shown
from netdoctor.lab.render.text import address_of, counted, utc

HEADER_BYTES = 14
"""A port's MTU counts its Ethernet header."""
CLASSES = {0: "best-effort", 1: "bulk-data", 3: "no-loss", 7: "network-control"}
LOOPBACK_INDEX = 6
SNMP_INDEX = 500
"""Added to a port's number, where Junos has its own indexes."""


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of; a unit means its port."""
    wanted = (interface or "").partition(".")[0]
    return [port for port in view.device.ports.values() if wanted in ("", port.name)]


def unit(port: Port) -> str:
    return f"{port.name}.0"


@shown(
    "show interfaces extensive", "show interfaces {interface} extensive", "show interfaces {interface} detail"
)
def extensive(view: View, interface: str | None = None) -> Tree:
    found = [_physical(port, view, full=True) for port in chosen(view, interface)]
    if interface in (None, "lo0", "lo0.0"):
        found.append(_loopback(view))
    return root("interface-information", {"physical-interface": found}, style="verbose", module="interface")


@shown("show interfaces")
def brief(view: View) -> Tree:
    found = [_physical(port, view, full=False) for port in view.device.ports.values()]
    content = {"physical-interface": [*found, _loopback(view)]}
    return root("interface-information", content, style="normal", module="interface")


def _physical(port: Port, view: View, *, full: bool) -> Tree:
    up = "up" if port.oper_up else "down"
    enabled = ("up", "Enabled") if port.admin_up else ("down", "Administratively down")
    return {
        "name": port.name,
        "admin-status": Said(enabled[0], {"junos:format": enabled[1]}),
        "oper-status": up,
        "local-index": 640 + port.index,
        "snmp-index": SNMP_INDEX + port.index,
        **({"description": port.description} if port.description else {}),
        "link-level-type": "Ethernet",
        "mtu": port.mtu_bytes + HEADER_BYTES,
        "speed": _speed(port),
        "bpdu-error": "Detected" if port.disabled_reason else "None",
        "loopback": "disabled",
        "source-filtering": "disabled",
        "if-flow-control": "disabled",
        "if-auto-negotiation": "enabled" if port.kind == "management" else "disabled",
        "if-device-flags": _device_flags(port),
        "if-config-flags": _flags(port),
        "link-type": "Full-Duplex",
        "current-physical-address": Said(port.mac, {"junos:format": f"MAC {port.mac}"}),
        "hardware-physical-address": Said(port.mac, {"junos:format": f"MAC {port.mac}"}),
        "interface-flapped": _flapped(port, view),
        "traffic-statistics": _traffic(port, view),
        **(_errors(port, view) if full else {}),
        **(_alarms(port)),
        "logical-interface": [_logical(port, view)] if port.address else [],
    }


def _speed(port: Port) -> str:
    if port.kind == "management":
        return "1000mbps"
    return f"{port.speed_bps // 1_000_000_000}Gbps"


def _device_flags(port: Port) -> Tree:
    return {"ifdf-present": None, "ifdf-running": None} | ({} if port.oper_up else {"ifdf-down": None})


def _flags(port: Port) -> Tree:
    return ({} if port.oper_up else {"iff-hardware-down": None}) | {
        "iff-snmp-traps": None,
        "internal-flags": "0x4000",
    }


def _flapped(port: Port, view: View) -> Said:
    if not port.last_change_at:
        return Said("Never", {"junos:seconds": "0"})
    ago_s = view.at - port.last_change_at
    when = utc(port.last_change_at + view.device.clock_offset_s)
    return Said(f"{when:%Y-%m-%d %H:%M:%S} UTC ({age(ago_s)} ago)", {"junos:seconds": str(int(ago_s))})


def _traffic(port: Port, view: View) -> Tree:
    counts = counted(port, view)
    return {
        "attributes": {"junos:style": "verbose"},
        "input-bytes": counts["in_octets"],
        "input-bps": int(port.in_bps),
        "output-bytes": counts["out_octets"],
        "output-bps": int(port.out_bps),
        "input-packets": counts["in_pkts"],
        "input-pps": int(port.meters["in_pkts"].rate_per_s),
        "output-packets": counts["out_pkts"],
        "output-pps": int(port.meters["out_pkts"].rate_per_s),
    }


def _errors(port: Port, view: View) -> Tree:
    """Everything that the extensive form adds."""
    counts = counted(port, view)
    wrong = counts["in_fcs_errors"] + counts["in_giants"]
    return {
        "input-error-list": {
            "input-errors": wrong,
            "input-drops": counts["in_discards"],
            "framing-errors": counts["in_fcs_errors"],
            "input-runts": 0,
            "input-giants": counts["in_giants"],
            "input-discards": 0,
            "input-resource-errors": 0,
        },
        "output-error-list": {
            "carrier-transitions": port.carrier_transitions_count,
            "output-errors": 0,
            "output-drops": counts["out_discards"],
            "mtu-errors": 0,
            "output-resource-errors": 0,
        },
        **({"queue-counters": _queue_totals(port, view)} if port.queues else {}),
        "ethernet-mac-statistics": {
            "attributes": {"junos:style": "verbose"},
            "input-bytes": counts["in_octets"],
            "output-bytes": counts["out_octets"],
            "input-packets": counts["in_pkts"] + wrong,
            "output-packets": counts["out_pkts"],
            "input-crc-errors": counts["in_fcs_errors"],
            "output-crc-errors": 0,
            "input-oversized-frames": counts["in_giants"],
            "input-total-errors": wrong,
            "output-total-errors": 0,
        },
    }


def _queue_totals(port: Port, view: View) -> Tree:
    return {
        "attributes": {"junos:style": "brief"},
        "interface-cos-short-summary": {
            "intf-cos-num-queues-supported": 10,
            "intf-cos-num-queues-in-use": len(port.queues),
            "intf-cos-queue-type": "Egress queues",
        },
        "queue": [
            {
                "queue-number": queue.traffic_class,
                "queue-counters-queued-packets": _read(queue, "sent_pkts", view)
                + _read(queue, "dropped_pkts", view),
                "queue-counters-trans-packets": _read(queue, "sent_pkts", view),
                "queue-counters-total-drop-packets": _read(queue, "dropped_pkts", view),
            }
            for queue in port.queues
        ],
    }


def _read(queue: Queue, name: str, view: View) -> int:
    return queue.meters[name].read(view.at)


def _alarms(port: Port) -> Tree:
    down = {} if port.oper_up or not port.admin_up else {"ethernet-alarm-link-down": None}
    found = {"interface-alarms": down or {"alarm-not-present": None}}
    return {"active-alarms": found, "active-defects": found}


def _logical(port: Port, view: View) -> Tree:
    counts = counted(port, view)
    return {
        "name": unit(port),
        "local-index": 550 + port.index,
        "snmp-index": SNMP_INDEX + 100 + port.index,
        "if-config-flags": {"iff-up" if port.oper_up else "iff-device-down": None, "iff-snmp-traps": None},
        "encapsulation": "ENET2",
        "traffic-statistics": {
            "attributes": {"junos:style": "brief"},
            "input-packets": counts["in_pkts"],
            "output-packets": counts["out_pkts"],
        },
        "address-family": [_family(port)],
    }


def _family(port: Port) -> Tree:
    address, length = address_of(port) or ("", 0)
    local: dict[str, Any] = {
        "ifa-flags": {"ifaf-current-preferred": None, "ifaf-current-primary": None},
        "ifa-destination": f"{_network(port)}",
        "ifa-local": address,
    }
    return {
        "address-family-name": "inet",
        "mtu": port.mtu_bytes,
        "address-family-flags": {"ifff-sendbcast-pkt-to-re": None},
        "interface-address": [local] if length else [],
    }


def _network(port: Port) -> str:
    """The network as Junos writes it, without the zeroes of the host's part."""
    address, length = address_of(port) or ("0.0.0.0", 0)  # noqa: S104 - no bind address
    octets = address.split(".")
    value = int.from_bytes(bytes(map(int, octets))) >> (32 - length) << (32 - length)
    whole = list(value.to_bytes(4))
    kept = max(1, (length + 7) // 8)
    return ".".join(map(str, whole[:kept])) + f"/{length}"


def _loopback(view: View) -> Tree:
    return {
        "name": "lo0",
        "admin-status": Said("up", {"junos:format": "Enabled"}),
        "oper-status": "up",
        "local-index": LOOPBACK_INDEX,
        "snmp-index": LOOPBACK_INDEX,
        "if-type": "Loopback",
        "mtu": "Unlimited",
        "if-device-flags": {"ifdf-present": None, "ifdf-running": None, "ifdf-loopback": None},
        "if-config-flags": {"iff-snmp-traps": None},
        "interface-flapped": Said("Never", {"junos:seconds": "0"}),
        "logical-interface": [
            {
                "name": "lo0.0",
                "local-index": 551,
                "snmp-index": 16,
                "if-config-flags": {"iff-snmp-traps": None},
                "encapsulation": "Unspecified",
                "address-family": [
                    {
                        "address-family-name": "inet",
                        "mtu": "Unlimited",
                        "interface-address": [{"ifa-local": view.device.loopback}],
                    }
                ],
            }
        ],
    }


@shown("show interfaces queue", "show interfaces queue {interface}", "show interfaces {interface} queue")
def queues(view: View, interface: str | None = None) -> Tree:
    ports = [port for port in chosen(view, interface) if port.queues]
    return root(
        "interface-information",
        {"physical-interface": [_queued(port, view) for port in ports]},
        style="normal",
        module="interface",
    )


def _queued(port: Port, view: View) -> Tree:
    return {
        "name": port.name,
        "admin-status": "up" if port.admin_up else "down",
        "oper-status": "up" if port.oper_up else "down",
        **({"description": port.description} if port.description else {}),
        "queue-counters": {
            "attributes": {"junos:style": "detail"},
            "interface-cos-summary": {
                "intf-cos-num-queues-supported": 10,
                "intf-cos-num-queues-in-use": len(port.queues),
                "intf-cos-queue-type": "Egress queues",
            },
            "queue": [_queue(queue, view) for queue in port.queues],
        },
    }


def _queue(queue: Queue, view: View) -> Tree:
    sent, dropped = _read(queue, "sent_pkts", view), _read(queue, "dropped_pkts", view)
    sent_octets, lost_octets = _read(queue, "sent_octets", view), _read(queue, "dropped_octets", view)
    return {
        "queue-number": queue.traffic_class,
        "forwarding-class-name": CLASSES[queue.traffic_class],
        "queue-counters-queued-packets": sent + dropped,
        "queue-counters-queued-bytes": sent_octets + lost_octets,
        "queue-counters-trans-packets": sent,
        "queue-counters-trans-bytes": sent_octets,
        "queue-counters-tail-drop-packets": dropped,
        "queue-counters-total-drop-packets": dropped,
        "queue-counters-total-drop-bytes": lost_octets,
    }


@answers("show interfaces terse", "show interfaces terse | no-more", "show interfaces terse {interface}")
def terse(view: View, interface: str | None = None) -> str:
    rows = ["Interface               Admin Link Proto    Local                 Remote"]
    for port in chosen(view, interface):
        admin, link = ("up" if word else "down" for word in (port.admin_up, port.oper_up))
        rows.append(f"{port.name:<23} {admin:<5} {link:<4}")
        if port.address:
            rows.append(f"{unit(port):<23} {'up':<5} {link:<4} inet     {port.address}")
    if interface in (None, "lo0"):
        rows += [
            f"{'lo0':<23} up    up",
            f"{'lo0.0':<23} up    up   inet     {view.device.loopback:<19} --> 0/0",
        ]
    return "\n".join(rows) + "\n"
