"""Interface names of IOS, short and long."""

from __future__ import annotations

import re
from functools import lru_cache

_LONG = (
    "FastEthernet",
    "GigabitEthernet",
    "TenGigabitEthernet",
    "TwoGigabitEthernet",
    "TwentyFiveGigE",
    "TwoHundredGigE",
    "FiveGigabitEthernet",
    "FiftyGigE",
    "FortyGigabitEthernet",
    "FourHundredGigE",
    "HundredGigE",
    "Ethernet",
    "Loopback",
    "Port-channel",
    "Vlan",
    "Tunnel",
    "Serial",
    "BDI",
    "BVI",
    "AppGigabitEthernet",
    "Multilink",
    "Dialer",
    "Virtual-Access",
    "Virtual-Template",
    "VirtualPortGroup",
    "Null",
    "nve",
    "pseudowire",
    "Cellular",
    "ATM",
    "POS",
    "Bluetooth",
    "Async",
    "Embedded-Service-Engine",
    "Wlan-GigabitEthernet",
)
"""The first that begins with what is written is meant: `Tw` is TwoGigabitEthernet, `Twe` TwentyFiveGigE."""

_SHORT = {"th": "TwoHundredGigE", "portchannel": "Port-channel", "pw": "pseudowire"}
_NAME = re.compile(r"([A-Za-z](?:[A-Za-z-]*[A-Za-z])?)\s*(\d[\d/.:]*)", re.ASCII)
_TOLD = re.compile(r"(?:Fa|Gi|Te|Tw|Two|Twe|Fi|Fif|Fo|Fou|Hu|TwoH|Ap)\d+(?:/\d+){0,4}(?:\.\d+)?", re.ASCII)


@lru_cache(maxsize=8192)
def normalise_interface(name: str) -> str:
    """`Gi1/0/1`, `gigabitethernet 0/1` and `po10` as IOS writes them; anything else as it is."""
    found = _NAME.fullmatch(name.strip())
    if not found:
        return name.strip()
    said = found[1].lower()
    long = _SHORT.get(said) or next((long for long in _LONG if long.lower().startswith(said)), None)
    return f"{long}{found[2]}" if long else name.strip()


def far_interface(name: str) -> str:
    """The name of another device's interface: long where it is short as only IOS writes it."""
    return normalise_interface(name) if _TOLD.fullmatch(name) else name
