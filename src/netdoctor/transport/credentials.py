"""What a device is offered at login: each configured method once, and nothing that was not configured."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import asyncssh

from netdoctor.model.devices import Device
from netdoctor.transport.aside import aside
from netdoctor.transport.session import SessionError

AskPassword = Callable[[Device], str | None]

DEFAULT_KEY_FILES = ("id_ed25519_sk", "id_ecdsa_sk", "id_ed25519", "id_ecdsa", "id_rsa")
"""Looked for in `~/.ssh`, as ssh does."""


class Credentials:
    """Keys and a password for one login. Shows neither in its repr."""

    def __init__(
        self, keys: Sequence[asyncssh.SSHKeyPair], password: str | None, names: Sequence[str]
    ) -> None:
        self.keys = keys
        self.password = password
        self.names = names
        """What is offered, in words: `key id_ed25519 (agent)`, `password from $LAB_PASSWORD`."""

    def __repr__(self) -> str:
        return f"Credentials({', '.join(self.names)})"

    def options(self) -> dict[str, Any]:
        """As asyncssh takes them; what is not here is not offered."""
        has_password = self.password is not None
        return {
            "client_keys": list(self.keys) or None,
            "password": self.password,
            "public_key_auth": bool(self.keys),
            "password_auth": has_password,
            "kbdint_auth": has_password,
            "host_based_auth": False,
            "gss_auth": False,
            "gss_kex": False,
            "gss_host": None,
            "agent_path": None,
        }


class Wallet:
    """Where credentials come from: one agent connection, the environment, the keyring, the engineer."""

    def __init__(self, ask: AskPassword | None, environ: Mapping[str, str] = os.environ) -> None:
        self._ask = ask
        self._asking = asyncio.Lock()
        self._environ = environ
        self._agents: dict[str, asyncssh.SSHAgentClient] = {}

    async def credentials(self, device: Device, config: Mapping[str, Any]) -> Credentials:
        """What to offer a device. `config` is what ~/.ssh/config says of it.

        Raises SessionError `auth_failed` when a configured source has nothing to give.
        """
        password, source = await self._password(device)
        if device.identity:
            keys = await self._identity(device.identity, config)
        elif password is None:
            keys = await self._own_keys(config)
        else:
            keys = []
        names = [f"key {key.get_comment() or key.get_algorithm()}" for key in keys]
        return Credentials(keys, password, [*names, source] if source else names)

    def enable_password(self, device: Device) -> str | None:
        """The password for more rights on a device; None where none is configured.

        Raises SessionError `auth_failed` when its variable is not set.
        """
        if not device.enable_password_env:
            return None
        if not (password := self._environ.get(device.enable_password_env)):
            raise _missing(f"the environment variable {device.enable_password_env} is not set")
        return password

    async def close(self) -> None:
        for agent in self._agents.values():
            agent.close()
            await agent.wait_closed()
        self._agents.clear()

    async def _password(self, device: Device) -> tuple[str | None, str]:
        if device.password_env:
            if not (password := self._environ.get(device.password_env)):
                raise _missing(f"the environment variable {device.password_env} is not set")
            return password, f"password from ${device.password_env}"
        if device.keyring:
            return await aside(_from_keyring, device.keyring, device), "password from the keyring"
        if device.ask_password:
            return await self._asked(device), "password typed"
        return None, ""

    async def _asked(self, device: Device) -> str:
        if self._ask is None:
            raise _missing("a password is to be asked for, and there is no terminal")
        async with self._asking:
            password = await aside(self._ask, device)
        if not password:
            raise _missing("no password was given")
        return password

    async def _identity(self, file: str, config: Mapping[str, Any]) -> list[asyncssh.SSHKeyPair]:
        """The key in a file; the agent's copy of it when the file is encrypted."""
        path = _home(file)
        try:
            keys = asyncssh.load_keypairs([str(path)], ignore_encrypted=True)
        except OSError as error:
            raise _missing(f"key file {file}: {error.strerror}") from None
        except (asyncssh.KeyImportError, ValueError):
            raise _missing(f"key file {file} holds no private key that can be read") from None
        if keys:
            return list(keys)
        public = _public_part(path)
        held = [key for key in await self._agent_keys(config) if key.public_data == public]
        if not held:
            raise _missing(f"key file {file} is encrypted, and the agent does not hold its key")
        return held

    async def _own_keys(self, config: Mapping[str, Any]) -> list[asyncssh.SSHKeyPair]:
        """The agent's keys and the user's key files, no key twice."""
        named = config.get("IdentityFile") or [f"~/.ssh/{name}" for name in DEFAULT_KEY_FILES]
        files = [_home(file) for file in named]
        held = await self._agent_keys(config)
        if config.get("IdentitiesOnly"):
            wanted = {_public_part(file) for file in files}
            held = [key for key in held if key.public_data in wanted]
        keys = {key.public_data: key for key in held}
        for file in files:
            for key in _readable(file):
                keys.setdefault(key.public_data, key)
        return list(keys.values())

    async def _agent_keys(self, config: Mapping[str, Any]) -> list[asyncssh.SSHKeyPair]:
        path = config.get("IdentityAgent", self._environ.get("SSH_AUTH_SOCK"))
        if not path:
            return []
        agent = self._agents.setdefault(path, asyncssh.SSHAgentClient(str(_home(path))))
        try:
            return list(await agent.get_keys())
        except (OSError, ValueError):
            return []


def _home(file: str) -> Path:
    return Path(file).expanduser()


def _readable(file: Path) -> Sequence[asyncssh.SSHKeyPair]:
    """The keys of a file that is there and not encrypted."""
    try:
        return asyncssh.load_keypairs([str(file)], ignore_encrypted=True)
    except (OSError, ValueError, asyncssh.KeyImportError):
        return ()


def _public_part(file: Path) -> bytes | None:
    for candidate in (Path(f"{file}.pub"), file):
        try:
            return asyncssh.read_public_key(candidate).public_data
        except (OSError, ValueError, asyncssh.KeyImportError):
            continue
    return None


def _from_keyring(service: str, device: Device) -> str:
    try:
        keyring: Any = importlib.import_module("keyring")
    except ImportError:
        raise _missing(
            f"keyring service {service!r}: the package is missing",
            "install it with `pip install 'netdoctor-oncall[keyring]'`",
        ) from None
    try:
        password = keyring.get_password(service, device.username or device.name)
    except keyring.errors.KeyringError as error:
        raise _missing(f"keyring service {service!r}: {type(error).__name__}") from None
    if not password:
        raise _missing(f"keyring service {service!r} holds no password for {device.username or device.name}")
    return str(password)


def _missing(detail: str, advice: str | None = None) -> SessionError:
    return SessionError("auth_failed", detail, advice)
