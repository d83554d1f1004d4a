"""Real SSH servers on loopback whose behaviour a test programs, and clients that know their keys."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from netdoctor import platforms
from netdoctor.model.devices import Device, Network
from netdoctor.platforms.base import Dialect, Platform, Refusal
from netdoctor.transport.ssh import Connector

USER = "oncall"
HOST = "127.0.0.1"

Handler = Callable[[asyncssh.SSHReader, asyncssh.SSHWriter, asyncssh.SSHWriter], Awaitable[None]]


class Programmed(asyncssh.SSHServer):
    """A server that does what its `Served` was told, and writes down what reached it."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.connection: Any = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connection = conn
        self.served.connections.append(conn)
        if self.served.on_connect is not None:
            self.served.on_connect(conn)

    def begin_auth(self, username: str) -> bool:
        if self.served.banner:
            self.connection.send_auth_banner(self.served.banner)
        return True

    def public_key_auth_supported(self) -> bool:
        return bool(self.served.methods & {"publickey"})

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        self.served.attempts.append(f"publickey {username} {key.get_fingerprint()}")
        return key in self.served.accepted_keys

    def password_auth_supported(self) -> bool:
        return bool(self.served.methods & {"password"})

    def validate_password(self, username: str, password: str) -> bool:
        self.served.attempts.append(f"password {username} {password}")
        return password == self.served.accepted_password

    def kbdint_auth_supported(self) -> bool:
        return bool(self.served.methods & {"keyboard-interactive"})

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Any) -> bool:
        self.served.attempts.append(f"keyboard-interactive {username} {' '.join(responses)}")
        return list(responses) == [self.served.accepted_password]

    def session_requested(self) -> Any:
        return self.served.session()

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        self.served.forwarded.append(f"{dest_host}:{dest_port}")
        return True


class Served:
    """One running server, its programme and its record."""

    def __init__(self, name: str, folder: Path, client_key: Path) -> None:
        self.name = name
        self.folder = folder
        self.client_key = client_key
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.host_keys = [self.host_key]
        self.methods = {"publickey", "password", "keyboard-interactive"}
        self.accepted_keys = [asyncssh.read_public_key(f"{client_key}.pub")]
        self.accepted_password = "hunter2"
        self.banner = ""
        self.server_version = "Programmed_1.0"
        self.handler: Handler = hang
        self.shell: Callable[[], asyncssh.SSHServerSession[bytes]] | None = None
        self.max_sessions = 100
        self.on_connect: Callable[[asyncssh.SSHServerConnection], None] | None = None
        self.connections: list[asyncssh.SSHServerConnection] = []
        self.attempts: list[str] = []
        self.forwarded: list[str] = []
        self.commands: list[str] = []
        self.sessions = 0
        self.most_sessions = 0
        self.port = 0
        self.server: asyncssh.SSHAcceptor | None = None

    async def start(self) -> None:
        self.server = await asyncssh.listen(
            HOST,
            self.port,
            server_factory=lambda: Programmed(self),
            server_host_keys=self.host_keys,
            encoding=None,
            line_editor=False,
            server_version=self.server_version,
        )
        self.port = self.server.get_port()

    async def stop(self) -> None:
        if self.server is not None:
            self.server.close()
            await self.server.wait_closed()
        for connection in self.connections:
            connection.abort()

    def session(self) -> Any:
        """What the server answers to a channel request."""
        if self.sessions >= self.max_sessions:
            return False
        self.sessions += 1
        self.most_sessions = max(self.most_sessions, self.sessions)
        return self.shell() if self.shell is not None else self._handle

    async def _handle(self, stdin: Any, stdout: Any, stderr: Any) -> None:
        self.commands.append(stdin.channel.get_command())
        try:
            with suppress(OSError, asyncssh.Error):  # the client went away
                await self.handler(stdin, stdout, stderr)
        finally:
            stdout.close()
            await stdout.wait_closed()
            self.sessions -= 1

    @property
    def known_hosts(self) -> Path:
        return self.folder / f"{self.name}.known_hosts"

    def trust(self, key: asyncssh.SSHKey | None = None) -> None:
        """Records a key (its own, usually) for this server."""
        line = (key or self.host_key).export_public_key().decode()
        self.known_hosts.write_text(f"[{HOST}]:{self.port} {line}")

    def device(self, **changes: Any) -> Device:
        settings = {
            "name": self.name,
            "host": HOST,
            "port": self.port,
            "username": USER,
            "platform": "test_os",
            "identity": str(self.client_key),
            "known_hosts": str(self.known_hosts),
        }
        return Device(**settings | changes)


async def hang(stdin: Any, stdout: Any, stderr: Any) -> None:
    """A command that never ends."""
    await asyncio.Event().wait()


def answers(table: Mapping[str, str | tuple[str, str, int]]) -> Handler:
    """A command line that knows some commands: stdout, or stdout, stderr and exit status."""

    async def handle(stdin: Any, stdout: Any, stderr: Any) -> None:
        said = table[stdin.channel.get_command()]
        output, errors, status = (said, "", 0) if isinstance(said, str) else said
        stdout.write(output.encode())
        stderr.write(errors.encode())
        stdout.channel.exit(status)

    return handle


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that no key, agent or configuration of whoever runs the tests is used."""
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True, mode=0o700)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LOGNAME", "whoever")
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return folder


def write_key(path: Path) -> asyncssh.SSHKey:
    """A new key pair in `path` and `path.pub`."""
    key = asyncssh.generate_private_key("ssh-ed25519", comment=path.name)
    key.write_private_key(str(path))
    key.write_public_key(f"{path}.pub")
    path.chmod(0o600)
    return key


TEST_OS = Platform(
    name="test_os",
    title="An operating system of the tests",
    dialect=Dialect(
        mode="exec",
        prompt=re.compile(r"[\w-]+[>#] ?$"),
        paging_off=("terminal length 0",),
        pager=re.compile(r"--More--\s*$"),
        refusals=(
            Refusal(re.compile(r"^% Invalid input", re.MULTILINE), "unsupported"),
            Refusal(re.compile(r"permission denied|a password is required", re.IGNORECASE), "not_authorised"),
        ),
        max_channels=4,
        elevate="sudo -n ",
        recognise_by="show version",
    ),
    commands=(),
    allow=(re.compile(r"(sudo -n )?show [\w ]+"),),
)


@pytest.fixture(autouse=True)
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`test_os` is the platform of every device here; `speak(mode="shell")` changes its dialect."""
    get = platforms.get

    def change(**changes: Any) -> None:
        platform = replace(TEST_OS, dialect=replace(TEST_OS.dialect, **changes))
        monkeypatch.setattr(platforms, "get", lambda name: platform if name == "test_os" else get(name))

    change()
    return change


@pytest.fixture
def client_key(tmp_path: Path) -> Path:
    write_key(tmp_path / "client_key")
    return tmp_path / "client_key"


@pytest.fixture
async def serve(tmp_path: Path, client_key: Path) -> AsyncIterator[Callable[..., Awaitable[Served]]]:
    """`await serve(handler=…, banner=…)`: a server that runs until the test ends, its key known."""
    running: list[Served] = []

    async def start(name: str = "device1", **programme: Any) -> Served:
        served = Served(name, tmp_path, client_key)
        for word, value in programme.items():
            assert hasattr(served, word), word
            setattr(served, word, value)
        await served.start()
        served.trust()
        running.append(served)
        return served

    yield start
    for served in running:
        await served.stop()


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., Connector]]:
    """`connect(device…, connect_timeout_s=…)`: a Connector that is closed when the test ends."""
    made: list[Connector] = []

    def build(*devices: Device, **options: Any) -> Connector:
        network = Network(devices={device.name: device for device in devices})
        made.append(Connector(network, **{"connect_timeout_s": 20.0} | options))
        return made[-1]

    yield build
    for connector in made:
        await connector.close()


@pytest.fixture
async def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncssh.SSHAgentClient]:
    """A running ssh-agent."""
    path = tmp_path / "agent"
    process = await asyncio.create_subprocess_exec(
        "ssh-agent", "-D", "-a", str(path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
    async with asyncssh.SSHAgentClient(str(path)) as client:
        yield client
    process.terminate()
    await process.wait()
