"""Interface names of NX-OS."""

from __future__ import annotations

import re
from functools import lru_cache

_LONG = {
    "e": "Ethernet",
    "et": "Ethernet",
    "eth": "Ethernet",
    "ether": "Ethernet",
    "ethernet": "Ethernet",
    "p": "port-channel",
    "po": "port-channel",
    "portchannel": "port-channel",
    "lo": "loopback",
    "loop": "loopback",
    "loopback": "loopback",
    "v": "Vlan",
    "vl": "Vlan",
    "vlan": "Vlan",
    "m": "mgmt",
    "mgmt": "mgmt",
    "management": "mgmt",
    "nve": "nve",
    "tu": "Tunnel",
    "tunnel": "Tunnel",
    "bdi": "Bdi",
    "fc": "fc",
    "vfc": "vfc",
}
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*?)-?\s*(\d[\d/.:]*)", re.ASCII)


@lru_cache(maxsize=4096)
def normalise_interface(name: str) -> str:
    """`Eth1/1`, `e1/1`, `Po10`, `Lo0` and `management0` as NX-OS writes them; anything else as it is."""
    found = _NAME.fullmatch(name.strip())
    long = _LONG.get(found[1].lower().replace("-", "")) if found else None
    return f"{long}{found[2]}" if found and long else name.strip()
