"""Learning a device's host key, and recording it once the engineer has confirmed it."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path
from typing import Literal, NamedTuple

import asyncssh

from netdoctor.transport.failures import explain
from netdoctor.transport.host_keys import ALGORITHMS, SSH_PORT
from netdoctor.transport.login import Place

_KEEP_APART = frozenset("*?!|@")
"""Entries with wildcards, hashes and markers are nobody's alone."""


class PresentedKey(NamedTuple):
    """The host key that a device shows, next to what is recorded for it."""

    where: str
    """`host:port`."""
    algorithm: str
    fingerprint: str
    status: Literal["known", "unknown", "changed"]
    recorded: tuple[str, ...]
    """Fingerprints of the keys on record."""
    file: Path
    """The known_hosts file to record it in."""
    host: str
    """The host as known_hosts files write it."""
    public_key: str


class CannotRecord(ValueError):
    """A known_hosts file that cannot be written."""


async def presented_key(
    place: Place, tunnel: asyncssh.SSHClientConnection | None, timeout_s: float
) -> PresentedKey:
    """Asks a device for its host key; nobody logs in. Raises SessionError."""
    known_hosts = place.known_hosts()
    recorded = known_hosts.keys_of(place.key_name, "", place.port)
    wanted = [name.decode() for key in recorded for name in key.sig_algorithms]
    try:
        async with asyncio.timeout(timeout_s):
            key = await asyncssh.get_server_host_key(
                place.device.host,
                place.port,
                tunnel=tunnel,
                server_host_key_algs=list(dict.fromkeys([*wanted, *ALGORITHMS])),
            )
    except (asyncssh.Error, OSError, ValueError) as error:
        raise explain(error, place, timeout_s) from None
    if key is None:
        raise explain(asyncssh.KeyExchangeFailed("no host key"), place, timeout_s)
    return PresentedKey(
        where=str(place),
        algorithm=key.get_algorithm(),
        fingerprint=key.get_fingerprint(),
        status="known" if key in recorded else "changed" if recorded else "unknown",
        recorded=tuple(sorted({other.get_fingerprint() for other in recorded})),
        file=known_hosts.files[0],
        host=place.key_name if place.port == SSH_PORT else f"[{place.key_name}]:{place.port}",
        public_key=" ".join(key.export_public_key().decode().split()[:2]),
    )


def record(key: PresentedKey) -> None:
    """Writes a key into its known_hosts file, in place of the host's former keys there.

    The file appears at once and whole, mode 0600. Other hosts' entries stay as they are. Raises CannotRecord.
    """
    file = key.file.resolve()
    if file.exists() and not file.is_file():
        raise CannotRecord(f"{key.file} is not a file")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = file.read_text("utf-8").splitlines() if file.exists() else []
        lines = [kept for line in before if (kept := _without(line, key.host)) is not None]
        _replace(file, "".join(f"{line}\n" for line in [*lines, f"{key.host} {key.public_key}"]))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise CannotRecord(f"{key.file} cannot be written: {reason}") from error


def _without(line: str, host: str) -> str | None:
    """A known_hosts line without what it says of one host; None when nothing is left."""
    hosts, _, rest = line.strip().partition(" ")
    if hosts.startswith("|") and _speaks_of(line, host):
        return None
    if not hosts or hosts.startswith("#") or _KEEP_APART & set(hosts):
        return line
    others = [name for name in hosts.split(",") if name != host]
    if len(others) == len(hosts.split(",")):
        return line
    return f"{','.join(others)} {rest}" if others else None


def _speaks_of(hashed: str, host: str) -> bool:
    """True when a hashed line is about a host."""
    entries = asyncssh.SSHKnownHosts()
    try:
        entries.load(hashed)
    except ValueError:
        return False
    return bool(entries.match(host, "", None)[0])


def _replace(file: Path, text: str) -> None:
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
