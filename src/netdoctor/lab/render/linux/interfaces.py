"""Interfaces as iproute2, tc, zebra and lldpd print them."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.text import address_of, as_json, counted

FOREVER = 4294967295


def flags(port: Port) -> list[str]:
    if not port.admin_up:
        return ["BROADCAST", "MULTICAST"]
    state = ["UP", "LOWER_UP"] if port.oper_up else ["NO-CARRIER", "UP"]
    return [*state[:-1], "BROADCAST", "MULTICAST", state[-1]]


def _compact(rows: list[Any]) -> str:
    return as_json(rows, indent=None)


@answers("ip -j -s -s -d link show", "ip -j -s -s -d link show dev {interface}", "ip -j link show")
def links(view: View, interface: str | None = None) -> Reply | str:
    return _rows(view, interface, [_lo_link()], _link)


@answers("ip -j address show", "ip -j address show dev {interface}", "ip -j addr show")
def addresses(view: View, interface: str | None = None) -> Reply | str:
    return _rows(view, interface, [_lo_address(view)], _address)


def _rows(view: View, interface: str | None, lo: list[Any], row: Any) -> Reply | str:
    if interface is None:
        return _compact([*lo, *(row(port, view) for port in view.device.ports.values())])
    if interface == "lo":
        return _compact(lo)
    if interface not in view.device.ports:
        return Reply("", f'Device "{interface}" does not exist.\n', 1)
    return _compact([row(view.device.ports[interface], view)])


def _base(port: Port) -> dict[str, Any]:
    return {
        "ifindex": port.index + 1,
        "ifname": port.name,
        "flags": flags(port),
        "mtu": port.mtu_bytes,
        "qdisc": scheduler(port),
        "operstate": "UP" if port.oper_up else "DOWN",
        "group": "default",
        "txqlen": 1000,
        "link_type": "ether",
        "address": port.mac,
        "broadcast": "ff:ff:ff:ff:ff:ff",
    }


def _link(port: Port, view: View) -> dict[str, Any]:
    return {
        **_base(port),
        "linkmode": "DEFAULT",
        **_protodown(port),
        **({"ifalias": port.description} if port.description else {}),
        "promiscuity": 0,
        "allmulti": 0,
        "min_mtu": 68,
        "max_mtu": 9702,
        "inet6_addr_gen_mode": "eui64",
        "num_tx_queues": 8,
        "num_rx_queues": 8,
        "gso_max_size": 65536,
        "gso_max_segs": 65535,
        "parentbus": "pci",
        "parentdev": f"0000:06:00.{port.index % 8}",
        "stats64": _stats(port, view),
    }


def _protodown(port: Port) -> dict[str, Any]:
    """What the spanning tree daemon tells the kernel of a port that it has closed."""
    return {"proto_down": True, "proto_down_reason": [port.disabled_reason]} if port.disabled_reason else {}


def _stats(port: Port, view: View) -> dict[str, Any]:
    counts = counted(port, view)
    rx = {
        "bytes": counts["in_octets"],
        "packets": counts["in_pkts"],
        "errors": counts["in_fcs_errors"] + counts["in_giants"],
        "dropped": counts["in_discards"],
        "over_errors": 0,
        "multicast": int(counts["in_pkts"] * 0.0004),
        "length_errors": counts["in_giants"],
        "crc_errors": counts["in_fcs_errors"],
        "frame_errors": 0,
        "fifo_errors": 0,
        "missed_errors": 0,
    }
    tx = {
        "bytes": counts["out_octets"],
        "packets": counts["out_pkts"],
        "errors": 0,
        "dropped": 0,
        "carrier_errors": 0,
        "collisions": 0,
        "aborted_errors": 0,
        "fifo_errors": 0,
        "window_errors": 0,
        "heartbeat_errors": 0,
        "carrier_changes": port.carrier_transitions_count,
    }
    return {"rx": rx, "tx": tx}


def _lo() -> dict[str, Any]:
    return {
        "ifindex": 1,
        "ifname": "lo",
        "flags": ["LOOPBACK", "UP", "LOWER_UP"],
        "mtu": 65536,
        "qdisc": "noqueue",
        "operstate": "UNKNOWN",
        "group": "default",
        "txqlen": 1000,
        "link_type": "loopback",
        "address": "00:00:00:00:00:00",
        "broadcast": "00:00:00:00:00:00",
    }


def _lo_link() -> dict[str, Any]:
    quiet = {"bytes": 88_160, "packets": 912, "errors": 0, "dropped": 0}
    return {**_lo(), "linkmode": "DEFAULT", "stats64": {"rx": quiet, "tx": {**quiet, "carrier_changes": 0}}}


def _lo_address(view: View) -> dict[str, Any]:
    places = [_inet("127.0.0.1", 8, "host", "lo"), _inet(view.device.loopback, 32, "global", "lo")]
    return {**_lo(), "addr_info": places}


def _address(port: Port, view: View) -> dict[str, Any]:
    found = address_of(port)
    return {**_base(port), "addr_info": [_inet(*found, "global", port.name)] if found else []}


def _inet(address: str, length: int, scope: str, label: str) -> dict[str, Any]:
    return {
        "family": "inet",
        "local": address,
        "prefixlen": length,
        "scope": scope,
        "label": label,
        "valid_life_time": FOREVER,
        "preferred_life_time": FOREVER,
    }


@answers("ip -j neigh show")
def neighbours(view: View) -> str:
    found = [neighbour_of(port) for port in view.device.ports.values() if port.oper_up]
    return _compact([row for row in found if row])


def neighbour_of(port: Port) -> dict[str, Any] | None:
    far = port.far
    if port.host:
        address, mac = port.host.address, port.host.mac
    elif far and far.address:
        address, mac = far.address.partition("/")[0], far.mac
    else:
        return None
    return {"dst": address, "dev": port.name, "lladdr": mac, "state": ["REACHABLE"]}


def scheduler(port: Port) -> str:
    return "tbf" if port.shaper_bps else "fq_codel"


@answers("tc -s -j qdisc show", "tc -s -j qdisc show dev {interface}")
def disciplines(view: View, interface: str | None = None) -> str:
    lo = {"kind": "noqueue", "handle": "0:", "dev": "lo", "root": True, "refcnt": 2, "options": {}}
    ports = [port for port in view.device.ports.values() if interface in (None, port.name)]
    return _compact([*([lo] if interface is None else []), *(_discipline(port, view) for port in ports)])


def _discipline(port: Port, view: View) -> dict[str, Any]:
    """One queue a port; where the world has several, their sum."""
    counts = {
        name: sum(queue.meters[name].read(view.at) for queue in port.queues)
        for name in ("sent_pkts", "sent_octets", "dropped_pkts")
    }
    shaped = {"rate": (port.shaper_bps or 0) // 8, "burst": 125_000, "lat": 50_000}
    plain = {"limit": 10240, "flows": 1024, "quantum": 1514, "target": 4999, "interval": 99999, "ecn": True}
    return {
        "kind": scheduler(port),
        "handle": f"80{port.index:02x}:",
        "dev": port.name,
        "root": True,
        "refcnt": 2,
        "options": shaped if port.shaper_bps else plain,
        "bytes": counts["sent_octets"],
        "packets": counts["sent_pkts"],
        "drops": counts["dropped_pkts"],
        "overlimits": counts["dropped_pkts"] if port.shaper_bps else 0,
        "requeues": 0,
        "backlog": sum(queue.depth_octets for queue in port.queues),
        "qlen": 0,
    }
