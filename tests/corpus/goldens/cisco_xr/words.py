"""What the goldens' words are in ours; read apart from the parsers, so that both are not wrong alike."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.platforms.values import duration_s
from tests.corpus.goldens import SkipValue

NO_FACT = "no check and no fact needs it"
OWN_NAME = "a name, number or repetition of the source's own parser"
NOT_PRINTED = "reckoned by the source's parser, not said by the device"

_NAMES = {
    "TenGigabitEthernet": "TenGigE",
    "Port-channel": "POS",
    "BE": "Bundle-Ether",
    "Te": "TenGigE",
    "Gi": "GigabitEthernet",
    "Hu": "HundredGigE",
    "Fo": "FortyGigE",
    "Lo": "Loopback",
    "Mg": "MgmtEth",
    "Nu": "Null",
    "PT": "PTP",
    "PO": "POS",
    "tt": "tunnel-te",
    "nG": "nVFabric-GigE",
    "nT": "nVFabric-TenGigE",
}


def interface(name: str) -> str:
    """The device's long name: Genie calls a TenGigE `TenGigabitEthernet`, tables cut names short."""
    found = re.fullmatch(r"([A-Za-z-]+) ?(\d.*)", name)
    return f"{_NAMES.get(found[1], found[1])}{found[2]}" if found else name


def mac(text: str) -> str:
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    if len(digits) != 12 or not digits.strip("0"):
        raise SkipValue
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def number(text: Any) -> float:
    """The number in `+75.000`, `0.00 Celsius`, `<-40.00 dBm`."""
    found = re.search(r"-?\d+(?:\.\d+)?", str(text))
    if found is None:
        raise SkipValue
    return float(found[0])


def seconds(text: str) -> float:
    found = duration_s(text)
    if found is None:
        raise SkipValue
    return found


def whole(text: Any) -> int:
    if not str(text).strip().isdigit():
        raise SkipValue
    return int(text)


def is_up(text: str) -> bool:
    return text.lower() == "up"


def enabled(text: str) -> bool:
    """Up or down is not shut; administratively down is."""
    return "admin" not in text.lower() and not text.lower().startswith("shut")


def said(text: str) -> str:
    """A word that says something."""
    if text.strip() in {"", "N/A", "None", "not advertised", "-"}:
        raise SkipValue
    return text


def joined(text: str) -> str:
    return "\n".join(row.strip() for row in text.splitlines() if row.strip())


def area(text: str) -> str:
    return text if "." in text else f"0.0.0.{text}"


def afi(name: str) -> str:
    """`l2vpn evpn`, `ipv6_unicast` and `VPNv4 Unicast` as OpenConfig has them."""
    word = re.sub(r"[ _-]+", "_", name.strip()).upper()
    return re.sub(r"^VPNV([46])_", r"L3VPN_IPV\1_", word)
