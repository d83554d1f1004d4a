"""A password is asked for at the terminal, while the run goes on, and is written nowhere."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from .conftest import NETDOCTOR, read_until, terminal

pytestmark = pytest.mark.slow
PASSWORD = "correct horse"
INVENTORY = """
defaults: {{platform: linux, username: oncall, ask_password: true, known_hosts: {folder}/known_hosts}}
devices:
  d1: {{host: 127.0.0.1, port: {port}}}
"""


class Server(asyncssh.SSHServer):
    """Lets in whoever knows the password, and refuses every command."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return password == PASSWORD


def _refuse(process: asyncssh.SSHServerProcess[str]) -> None:
    process.exit(127)


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Path]:
    """An inventory with one running device, whose password is to be asked for."""
    ready, done = threading.Event(), threading.Event()
    key = asyncssh.generate_private_key("ssh-ed25519")
    path = tmp_path / "netdoctor.yaml"

    async def serve() -> None:
        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=Server, server_host_keys=[key], process_factory=_refuse
        )
        public = key.export_public_key().decode().strip()
        (tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{server.get_port()} {public}\n")
        path.write_text(INVENTORY.format(port=server.get_port(), folder=tmp_path))
        ready.set()
        await asyncio.to_thread(done.wait)
        server.close()
        await server.wait_closed()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield path
    done.set()
    thread.join()


def test_password_is_asked_for_and_kept_nowhere(
    inventory: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    argv = [NETDOCTOR, "investigate", "d1", "--interval", "2", "--inventory", str(inventory)]
    with terminal(argv, environ | {"NO_COLOR": "1", "XDG_STATE_HOME": str(tmp_path)}) as keyboard:
        said = read_until(keyboard, "Password of oncall@d1: ")
        os.write(keyboard, f"{PASSWORD}\n".encode())
        said += read_until(keyboard, "d1: connected")
        said += read_until(keyboard, "Devices")
    assert PASSWORD not in said
    (kept,) = (tmp_path / "netdoctor/runs").iterdir()
    assert PASSWORD not in kept.read_text()
