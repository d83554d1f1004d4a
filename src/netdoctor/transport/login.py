"""One SSH login: ~/.ssh/config, a verified host key, each configured method once."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import asyncssh

from netdoctor.model.devices import Device
from netdoctor.transport.aside import aside
from netdoctor.transport.credentials import Wallet
from netdoctor.transport.failures import explain
from netdoctor.transport.host_keys import ALGORITHMS, SSH_PORT, KnownHosts, default_files, describe_untrusted
from netdoctor.transport.session import SessionError

logging.getLogger("asyncssh").setLevel(logging.CRITICAL)  # it narrates every login, with user and host names

_FIXED: Mapping[str, Any] = {
    "server_host_key_algs": "+" + ",".join(ALGORITHMS),
    "x509_trusted_certs": None,
    "agent_forwarding": False,
    "x11_forwarding": False,
    "command": None,
    "env": None,
    "send_env": None,
    "connect_timeout": None,
    "utf8_decode_errors": "replace",
}
"""Set whatever ~/.ssh/config says: netdoctor forwards nothing, and keeps its own deadlines."""


class Place:
    """Where a device is and how it is reached: the inventory's words before those of ~/.ssh/config."""

    def __init__(self, device: Device, options: asyncssh.SSHClientConnectionOptions) -> None:
        self.device = device
        self.host = options.host
        self.port = options.port
        self.username = options.username
        self.jump = device.jump or (options.tunnel if isinstance(options.tunnel, str) else None)
        self.config: Mapping[str, Any] = options.config.get_options(False)
        """What ~/.ssh/config says of the host, by option name."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def key_name(self) -> str:
        """The name under which known_hosts files keep the host's key."""
        return str(self.config.get("HostKeyAlias", self.host))

    def known_hosts(self) -> KnownHosts:
        """What speaks for the host's key: the inventory's file, else ~/.ssh/config's, else the usual."""
        if self.device.known_hosts:
            return KnownHosts([Path(self.device.known_hosts).expanduser()])
        named = (*self.config.get("UserKnownHostsFile", ()), *self.config.get("GlobalKnownHostsFile", ()))
        return KnownHosts([Path(file).expanduser() for file in named] or default_files())


class Greeting(asyncssh.SSHClient):
    """What a server says before the first command, and why its host key is not trusted."""

    def __init__(self, known_hosts: KnownHosts, where: str) -> None:
        self.server_version = ""
        self.banner = ""
        self.connected = False
        self.untrusted = ""
        self._known_hosts = known_hosts
        self._where = where

    def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
        self.connected = True

    def auth_banner_received(self, msg: str, lang: str) -> None:
        self.banner += msg[:4096]

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        """Called for a key that known_hosts does not vouch for; never accepts it."""
        recorded = self._known_hosts.keys_of(host, addr, port)
        self.untrusted = describe_untrusted(key, recorded, self._where)
        return False


async def locate(device: Device) -> Place:
    """Where a device is. A port of 22 and an absent user name leave the word to ~/.ssh/config.

    Raises SessionError when that file cannot be read.
    """
    try:
        options = await asyncssh.SSHClientConnectionOptions.construct(
            **_named(device), config=(), client_keys=None, known_hosts=None, x509_trusted_certs=None
        )
    except (ValueError, OSError) as error:
        raise SessionError("unreachable", f"~/.ssh/config: {error}", "correct ~/.ssh/config") from None
    return Place(device, options)


async def login(
    place: Place,
    wallet: Wallet,
    *,
    tunnel: asyncssh.SSHClientConnection | None = None,
    timeout_s: float,
) -> tuple[asyncssh.SSHClientConnection, Greeting]:
    """An authenticated connection, and what the server said on the way. Raises SessionError.

    A name is looked up aside first: asyncio's own look-up cannot be given up.
    """
    credentials = await wallet.credentials(place.device, place.config)
    known_hosts = place.known_hosts()
    greeting = Greeting(known_hosts, str(place))
    try:
        async with asyncio.timeout(timeout_s):
            if tunnel is None and "ProxyCommand" not in place.config:
                await aside(socket.getaddrinfo, place.host, place.port)
            connection = await asyncssh.connect(
                **_named(place.device),
                **credentials.options(),
                **_FIXED,
                tunnel=tunnel,
                known_hosts=known_hosts.entries,
                client_factory=lambda: greeting,
            )
    except (asyncssh.Error, OSError, ValueError) as error:
        raise explain(error, place, timeout_s, credentials.names, greeting) from None
    greeting.server_version = str(connection.get_extra_info("server_version", ""))
    return connection, greeting


def _named(device: Device) -> dict[str, Any]:
    """What the inventory says of a device, as asyncssh options; what is left out comes from ~/.ssh/config."""
    named: dict[str, Any] = {"host": device.host}
    if device.port != SSH_PORT:
        named["port"] = device.port
    if device.username:
        named["username"] = device.username
    return named
