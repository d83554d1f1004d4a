"""What kind of thing an interface is, by its long name."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge", "management"]

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("Loopback", "loopback"),
    ("Port-channel", "lag"),
    ("Vlan", "vlan"),
    ("BDI", "vlan"),
    ("BVI", "bridge"),
    ("Tunnel", "tunnel"),
    ("nve", "tunnel"),
    ("Virtual-", "tunnel"),
    ("pseudowire", "tunnel"),
)


def kind_of(interface: str) -> Kind | None:
    """The kind that a long interface name tells; None for serial lines and the like."""
    if "." in interface:
        return "vlan"
    if "Ethernet" in interface or "GigE" in interface:
        return "ethernet"
    return next((kind for start, kind in _KINDS if interface.startswith(start)), None)


def is_virtual(interface: str) -> bool | None:
    """True for what the device makes up; None where the name does not tell."""
    kind = kind_of(interface)
    return None if kind is None else kind != "ethernet"


def parent_of(interface: str) -> str | None:
    """The port that a subinterface stands on."""
    port, dot, _ = interface.partition(".")
    return port if dot else None
