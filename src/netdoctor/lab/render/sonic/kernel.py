"""Interfaces as iproute2 tells them: the ASIC's ports, and what only the host has."""

from __future__ import annotations

import json
from typing import Any

from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.linux import interfaces

LOOPBACK = "Loopback0"


def _rows(output: Reply | str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(str(output))
    return found


def _loopback(view: View) -> dict[str, Any]:
    """The loopback is a device of its own here; `lo` keeps 127.0.0.1."""
    return {
        "ifindex": 4,
        "ifname": LOOPBACK,
        "flags": ["BROADCAST", "NOARP", "UP", "LOWER_UP"],
        "mtu": 65536,
        "qdisc": "noqueue",
        "operstate": "UNKNOWN",
        "group": "default",
        "txqlen": 1000,
        "link_type": "ether",
        "address": view.device.mac,
        "broadcast": "ff:ff:ff:ff:ff:ff",
    }


def _containers() -> dict[str, Any]:
    """The bridge of containers that share no network with the host: here, none is plugged in."""
    return {
        "ifindex": 3,
        "ifname": "docker0",
        "flags": ["NO-CARRIER", "BROADCAST", "MULTICAST", "UP"],
        "mtu": 1500,
        "qdisc": "noqueue",
        "operstate": "DOWN",
        "group": "default",
        "link_type": "ether",
        "address": "02:42:5e:11:22:33",
        "broadcast": "ff:ff:ff:ff:ff:ff",
    }


@answers("ip -j -d link show")
def links(view: View) -> str:
    """Without `-s` no counters are told."""
    rows = [
        {name: value for name, value in row.items() if name != "stats64"}
        for row in _rows(interfaces.links(view))
    ]
    loopback = {**_loopback(view), "linkmode": "DEFAULT", "linkinfo": {"info_kind": "dummy"}}
    containers = {**_containers(), "linkmode": "DEFAULT", "linkinfo": {"info_kind": "bridge"}}
    return json.dumps([rows[0], containers, loopback, *rows[1:]]) + "\n"


@answers("ip -j address show")
def addresses(view: View) -> str:
    lo, *rows = _rows(interfaces.addresses(view))
    own = [place for place in lo["addr_info"] if place["local"] == view.device.loopback]
    lo["addr_info"] = [place for place in lo["addr_info"] if place not in own]
    loopback = {**_loopback(view), "addr_info": [{**place, "label": LOOPBACK} for place in own]}
    inside = {
        "family": "inet",
        "local": "240.127.1.1",
        "prefixlen": 24,
        "scope": "global",
        "label": "docker0",
    }
    containers = {**_containers(), "addr_info": [inside]}
    return json.dumps([lo, containers, loopback, *rows]) + "\n"
