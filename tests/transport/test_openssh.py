"""The same promises against a real OpenSSH server and a real ssh-agent."""

from __future__ import annotations

import asyncio
import os
import pwd
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from netdoctor import platforms
from netdoctor.model.devices import Device
from netdoctor.platforms.base import Dialect, Platform
from netdoctor.transport.session import SessionError

from .conftest import HOST, write_key

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH')}:/usr/sbin:/usr/local/sbin")
PRIVILEGE_SEPARATION = Path("/run/sshd")
ME = pwd.getpwuid(os.getuid()).pw_name

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true"
    and (SSHD is None or (os.getuid() != 0 and not PRIVILEGE_SEPARATION.is_dir())),
    reason="needs OpenSSH's sshd, and root or an sshd set up on this machine",
)

SHELL = Platform(
    name="shell",
    title="A POSIX shell",
    dialect=Dialect(mode="exec", prompt=re.compile(r"[$#] $"), max_channels=8, elevate="env "),
    commands=(),
    allow=(re.compile(r"(env )?(echo|cat|yes|cksum|read)( [\w ./-]+)?"),),
)


class OpenSsh:
    """A running sshd with its own keys and configuration."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.log: list[str] = []
        """What it wrote, complete once it has stopped."""
        self._process: Any = None
        self._reading: Any = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            str(SSHD), "-D", "-e", "-f", str(self.folder / "sshd_config"), stderr=asyncio.subprocess.PIPE
        )
        while b"Server listening" not in (said := await self._process.stderr.readline()):
            assert said, "sshd did not start"
        self._reading = asyncio.create_task(self._read())

    async def stopped(self) -> None:
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()
        await self._reading

    async def _read(self) -> None:
        while line := await self._process.stderr.readline():
            self.log.append(line.decode())

    def device(self, **changes: Any) -> Device:
        settings = {
            "name": "host1",
            "host": HOST,
            "port": self.port,
            "username": ME,
            "platform": "shell",
            "known_hosts": str(self.folder / "known_hosts"),
        }
        return Device(**settings | changes)


@pytest.fixture(autouse=True)
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "get", {"shell": SHELL}.__getitem__)


@pytest.fixture
def privilege_separation() -> Any:
    """Debian's sshd wants this folder, which its service makes."""
    made = not PRIVILEGE_SEPARATION.exists()
    PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    yield
    if made:
        PRIVILEGE_SEPARATION.rmdir()


@pytest.fixture
async def sshd(
    tmp_path: Path, client_key: Path, privilege_separation: None, unused_tcp_port: int, request: Any
) -> AsyncIterator[OpenSsh]:
    """An sshd that lets the test's own user in by `client_key`; `request.param` adds configuration."""
    host_key = write_key(tmp_path / "host_key")
    server = OpenSsh(tmp_path, unused_tcp_port)
    shutil.copy(f"{client_key}.pub", tmp_path / "authorized_keys")
    (tmp_path / "sshd_config").write_text(
        f"ListenAddress {HOST}:{server.port}\nHostKey {tmp_path}/host_key\nPidFile none\n"
        f"AuthorizedKeysFile {tmp_path}/authorized_keys\nStrictModes no\nUsePAM no\n"
        "PermitRootLogin yes\nPasswordAuthentication no\nPrintMotd no\n"
        f"SetEnv HOME={tmp_path}\n"  # what the user's own shell start-up files do is not tested here
        f"{getattr(request, 'param', '')}\n"
    )
    line = host_key.export_public_key().decode()
    (tmp_path / "known_hosts").write_text(f"[{HOST}]:{server.port} {line}")
    await server.start()
    yield server
    await server.stopped()


@pytest.mark.parametrize("mode", ["exec", "shell"])
async def test_commands(sshd: OpenSsh, connect: Any, client_key: Path, monkeypatch: Any, mode: str) -> None:
    dialect = Dialect(mode=mode, prompt=SHELL.dialect.prompt)  # type: ignore[arg-type]  # one of its two words
    platform = Platform("shell", "", dialect, (), SHELL.allow)
    monkeypatch.setattr(platforms, "get", {"shell": platform}.__getitem__)
    session = await connect().open(sshd.device(identity=str(client_key)))
    commands = [f"echo {number} {'x' * 300}" for number in range(12)]
    said = await asyncio.gather(*(session.run(command, timeout_s=60) for command in commands))
    assert [answer.output for answer in said] == [f"{command[5:]}\n" for command in commands]


@pytest.mark.parametrize("sshd", ["MaxSessions 2", "MaxSessions 1"], indirect=True)
async def test_fewer_sessions_than_channels_wanted(sshd: OpenSsh, connect: Any, client_key: Path) -> None:
    session = await connect().open(sshd.device(identity=str(client_key)))
    said = await asyncio.gather(*(session.run(f"echo {n}", timeout_s=60) for n in range(10)))
    assert [answer.output for answer in said] == [f"{n}\n" for n in range(10)]


async def test_an_endless_answer_is_cut_and_its_program_ends(
    sshd: OpenSsh, connect: Any, client_key: Path
) -> None:
    session = await connect(output_limit_bytes=1 << 20).open(sshd.device(identity=str(client_key)))
    endless = await session.run("yes flood", timeout_s=60)
    assert (endless.truncated, len(endless.output)) == (True, 1 << 20)
    assert (await session.run("echo after", timeout_s=60)).output == "after\n"


async def test_a_command_that_reads_gets_an_end_of_file(
    sshd: OpenSsh, connect: Any, client_key: Path
) -> None:
    session = await connect().open(sshd.device(identity=str(client_key)))
    assert (await session.run("cksum", timeout_s=60)).output == "4294967295 0\n"


@pytest.mark.parametrize(
    ("command", "reason"),
    [("cat /no/such/file", "unsupported"), ("cat /", "unsupported")],
)
async def test_a_command_that_fails(
    sshd: OpenSsh, connect: Any, client_key: Path, command: str, reason: str
) -> None:
    session = await connect().open(sshd.device(identity=str(client_key)))
    with pytest.raises(SessionError) as caught:
        await session.run(command, timeout_s=60)
    assert (caught.value.reason, caught.value.detail[:5]) == (reason, "cat: ")


async def test_the_agents_key(sshd: OpenSsh, connect: Any, client_key: Path, agent: Any) -> None:
    await agent.add_keys([asyncssh.read_private_key(client_key)])
    session = await connect().open(sshd.device())
    assert (await session.run("echo in", timeout_s=60)).output == "in\n"


@pytest.mark.parametrize("sshd", ["LogLevel VERBOSE"], indirect=True)
async def test_a_refused_key_is_offered_once_on_one_connection(
    sshd: OpenSsh, connect: Any, tmp_path: Path
) -> None:
    write_key(tmp_path / "other_key")
    with pytest.raises(SessionError) as caught:
        await connect().open(sshd.device(identity=str(tmp_path / "other_key")))
    assert caught.value.reason == "auth_failed"
    await sshd.stopped()
    tried = [line for line in sshd.log if "Failed publickey" in line]
    assert len(tried) == 1
    assert len([line for line in sshd.log if "Connection from" in line]) == 1


async def test_through_itself_as_a_jump_host(sshd: OpenSsh, connect: Any, client_key: Path) -> None:
    bastion = sshd.device(name="bastion", identity=str(client_key))
    device = sshd.device(identity=str(client_key), jump="bastion")
    session = await connect(bastion, device).open(device)
    assert (await session.run("echo through", timeout_s=60)).output == "through\n"


@pytest.mark.parametrize("sshd", ["AllowTcpForwarding no"], indirect=True)
async def test_a_jump_host_that_forwards_nothing(sshd: OpenSsh, connect: Any, client_key: Path) -> None:
    bastion = sshd.device(name="bastion", identity=str(client_key))
    device = sshd.device(identity=str(client_key), jump="bastion")
    with pytest.raises(SessionError) as caught:
        await connect(bastion, device).open(device)
    assert caught.value.reason == "unreachable"
    assert "from jump host bastion" in caught.value.detail


async def test_an_unknown_host_key(sshd: OpenSsh, connect: Any, client_key: Path, tmp_path: Path) -> None:
    (tmp_path / "known_hosts").write_text("")
    with pytest.raises(SessionError) as caught:
        await connect().open(sshd.device(identity=str(client_key)))
    assert caught.value.reason == "host_key"
    fingerprint = asyncssh.read_public_key(tmp_path / "host_key.pub").get_fingerprint()
    assert fingerprint in caught.value.detail
