"""What Junos's names say: an interface's kind, a routing table's VRF and family, a peer's address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.platforms.values import is_ip

Kind = Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge", "management"]

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("ge", "xe", "et", "fe", "mge", "xle", "fte"), "ethernet"),
    **dict.fromkeys(("ae", "reth", "fab", "as"), "lag"),
    "lo": "loopback",
    **dict.fromkeys(("irb", "vlan"), "vlan"),
    **dict.fromkeys(
        ("gr", "ip", "st", "vtep", "gre", "ipip", "lt", "mt", "ud", "fti", "vt", "esi"), "tunnel"
    ),
    **dict.fromkeys(("fxp", "me", "vme", "em", "mgmt", "re0:mgmt-", "re1:mgmt-"), "management"),
}
ETHERNET_HEADER_BYTES: Final = 14
_REAL: Final = frozenset({"ethernet", "management"})
_LETTERS = re.compile(r"[a-z]+", re.ASCII)
_TABLE = re.compile(
    r"(?:(?P<instance>.+)\.)?(?P<family>inet6?|iso|mpls|evpn|l2vpn|vpls|l3vpn|mvpn6?|mdt|rtarget|"
    r"inetflow|inet6flow|l2circuit|l3vpn-inet6|invpnflow|in6vpnflow|lsdist|inetcolor|inet6color|rtf|"
    r"mvpn-inet6)\.(?P<number>\d+)"
)

_FAMILIES: Final = {
    ("inet", "0"): "IPV4_UNICAST",
    ("inet", "1"): "IPV4_MULTICAST",
    ("inet", "2"): "IPV4_MULTICAST",
    ("inet", "3"): "IPV4_LABELED_UNICAST",
    ("inet6", "0"): "IPV6_UNICAST",
    ("inet6", "1"): "IPV6_MULTICAST",
    ("inet6", "2"): "IPV6_MULTICAST",
    ("inet6", "3"): "IPV6_LABELED_UNICAST",
    ("l3vpn", "0"): "L3VPN_IPV4_UNICAST",
    ("l3vpn-inet6", "0"): "L3VPN_IPV6_UNICAST",
    ("evpn", "0"): "L2VPN_EVPN",
    ("l2vpn", "0"): "L2VPN_VPLS",
    ("vpls", "0"): "L2VPN_VPLS",
    ("mvpn", "0"): "MCAST_VPN_IPV4",
    ("mvpn6", "0"): "MCAST_VPN_IPV6",
    ("mvpn-inet6", "0"): "MCAST_VPN_IPV6",
    ("mdt", "0"): "IPV4_MDT",
    ("rtarget", "0"): "RTARGET",
    ("inetflow", "0"): "IPV4_FLOWSPEC",
    ("inet6flow", "0"): "IPV6_FLOWSPEC",
    ("lsdist", "0"): "LINKSTATE",
}
NLRI: Final = {
    "inet-unicast": "IPV4_UNICAST",
    "inet-multicast": "IPV4_MULTICAST",
    "inet-labeled-unicast": "IPV4_LABELED_UNICAST",
    "inet-vpn-unicast": "L3VPN_IPV4_UNICAST",
    "inet-vpn-multicast": "L3VPN_IPV4_MULTICAST",
    "inet-flow": "IPV4_FLOWSPEC",
    "inet-mvpn": "MCAST_VPN_IPV4",
    "inet-mdt": "IPV4_MDT",
    "inet6-unicast": "IPV6_UNICAST",
    "inet6-multicast": "IPV6_MULTICAST",
    "inet6-labeled-unicast": "IPV6_LABELED_UNICAST",
    "inet6-vpn-unicast": "L3VPN_IPV6_UNICAST",
    "inet6-flow": "IPV6_FLOWSPEC",
    "inet6-mvpn": "MCAST_VPN_IPV6",
    "evpn": "L2VPN_EVPN",
    "l2vpn": "L2VPN_VPLS",
    "l2vpn-signaling": "L2VPN_VPLS",
    "route-target": "RTARGET",
    "te-unicast": "LINKSTATE",
}
"""Junos's names of families (`nlri-type-session`)."""


@lru_cache(maxsize=4096)
def kind_of(name: str) -> Kind | None:
    """What an interface is, by the letters its name begins with."""
    found = _LETTERS.match(name)
    return _KINDS.get(found[0]) if found else None


def below(unit: str) -> str | None:
    """The port that a unit of an Ethernet port, an aggregate or a management port stands on."""
    port, dot, _ = unit.partition(".")
    return port if dot and kind_of(port) in {"ethernet", "lag", "management"} else None


def header_bytes(port: str) -> int | None:
    """A port's MTU counts its Ethernet header, that of a unit's family does not."""
    return ETHERNET_HEADER_BYTES if kind_of(port) in {"ethernet", "lag", "management"} else None


def is_virtual(name: str) -> bool | None:
    """True for what the system makes up (`lo0`, `irb`, `dsc`, a unit): no hardware of its own."""
    return None if kind_of(name) in _REAL and "." not in name else True


def vrf_of(instance: str | None) -> str:
    """A routing instance's name; `master` is the default one."""
    return DEFAULT_VRF if instance in {None, "", "master", "default"} else str(instance)


def table_of(name: str) -> tuple[str, str | None]:
    """The VRF and family of a routing table: `RED.inet6.0` is `RED` and `IPV6_UNICAST`."""
    found = _TABLE.fullmatch(name.strip())
    if found is None:
        return DEFAULT_VRF, None
    instance = found["instance"]
    family = _FAMILIES.get((found["family"], found["number"]))
    return (DEFAULT_VRF if instance in {None, "bgp", "master"} else instance), family


def peer_address(said: str) -> str:
    """A BGP peer without the TCP port that Junos writes behind it (`192.0.2.1+179`)."""
    address = said.partition("+")[0].strip()
    return address if is_ip(address) else said.strip()


def prefix_of(local: str, destination: str | None) -> str:
    """An address with its prefix length, which Junos writes behind the shortened network (`10.1/16`)."""
    if "/" in local:
        return local
    length = (destination or "").rpartition("/")[2] if destination and "/" in destination else ""
    if not length.isdigit() or destination in {"0/0", "::/0"}:
        length = "128" if ":" in local else "32"
    return f"{local}/{length}"
