"""The inventory's words: devices and the links they are meant to have."""

from __future__ import annotations

import msgspec

from netdoctor.model.entities import LinkEnd

AUTO = "auto"


class Device(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One device of the inventory, defaults merged in. Holds no secret, only where one is kept."""

    name: str
    host: str
    """Address or DNS name of the management interface."""
    port: int = 22
    platform: str = AUTO
    username: str | None = None
    identity: str | None = None
    """Path of a private key file."""
    password_env: str | None = None
    """Name of the environment variable that holds the password."""
    enable_password_env: str | None = None
    """Name of the environment variable that holds the password of `enable`; without it nothing is enabled."""
    keyring: str | None = None
    """Service name under which the keyring holds the password."""
    ask_password: bool = False
    """True: ask the engineer at the terminal."""
    jump: str | None = None
    """The inventory name, or `user@host:port`, of the host to go through."""
    known_hosts: str | None = None
    """Path of a known_hosts file used instead of the user's and the system's."""
    site: str | None = None
    role: str | None = None
    tags: tuple[str, ...] = ()


class Network(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the inventory knows: devices by name, and intended links."""

    devices: dict[str, Device] = {}
    links: tuple[tuple[LinkEnd, LinkEnd], ...] = ()

    def intended_neighbors(self, device: str) -> tuple[str, ...]:
        """The devices that the intended links of `device` lead to, sorted."""
        others = {
            far.device
            for one, other in self.links
            for near, far in ((one, other), (other, one))
            if near.device == device
        }
        return tuple(sorted(others - {device}))
