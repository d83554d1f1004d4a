"""Host keys: what known_hosts files say, and what a key that is not in them means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import asyncssh

SYSTEM_FILE = Path("/etc/ssh/ssh_known_hosts")
SSH_PORT = 22

ALGORITHMS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
    "ssh-rsa",
)
"""Asked for behind the types of the recorded keys: a device whose key changed its type is then told from
one that speaks no common algorithm."""


def default_files() -> tuple[Path, ...]:
    """The user's and the system's known_hosts."""
    return (Path("~/.ssh/known_hosts").expanduser(), SYSTEM_FILE)


class KnownHosts:
    """The entries of some known_hosts files. Lines that cannot be read are passed over, as OpenSSH does."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.files = tuple(files)
        self.entries = asyncssh.SSHKnownHosts()
        for file in self.files:
            for line in _lines(file):
                try:
                    self.entries.load(line)
                except ValueError:
                    continue

    def keys_of(self, host: str, address: str, port: int) -> Sequence[asyncssh.SSHKey]:
        """The keys recorded for a host, by its name or its address."""
        return self.entries.match(host, address, None if port == SSH_PORT else port)[0]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def describe_untrusted(key: asyncssh.SSHKey, recorded: Sequence[asyncssh.SSHKey], where: str) -> str:
    """Why a presented host key is not trusted: nothing is recorded, or another key is."""
    shown = f"{key.get_fingerprint()} ({key.get_algorithm()})"
    if not recorded:
        return f"unknown host key of {where}: {shown}"
    known = ", ".join(sorted({other.get_fingerprint() for other in recorded}))
    return f"host key of {where} changed: now {shown}, recorded {known}"
