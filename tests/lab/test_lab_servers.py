"""The fabric over real SSH: who gets in, what is answered, and that nothing stays."""

from __future__ import annotations

import asyncio
import socket
import stat
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest

from netdoctor import inventory
from netdoctor.lab import fabric
from netdoctor.lab.fabric import Fabric
from netdoctor.lab.servers import LOOPBACK, Latency
from netdoctor.lab.world import World

AT_ONCE = Latency(0.0, 0.0)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the fabric's folder is made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
async def running(world: World) -> AsyncIterator[Fabric]:
    async with fabric.run(world, latency=AT_ONCE) as found:
        yield found


async def log_in(found: Fabric, name: str, **options: object) -> asyncssh.SSHClientConnection:
    settings: dict[str, object] = {
        "username": "oncall",
        "client_keys": [str(found.identity)],
        "known_hosts": str(found.known_hosts),
        "agent_path": None,
        "config": None,
    }
    return await asyncssh.connect(LOOPBACK, found.endpoints[name].port, **{**settings, **options})


class TestFolder:
    async def test_it_is_the_users_own(self, running: Fabric) -> None:
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (running.folder, running.identity)]
        assert modes == [0o700, 0o600]

    async def test_the_inventory_reads(self, running: Fabric, world: World) -> None:
        network = inventory.load(str(running.inventory), {})
        assert network.devices.keys() == world.devices.keys()
        assert len(network.links) == len(world.links)
        leaf = network.devices["leaf3"]
        assert (leaf.host, leaf.platform, leaf.port) == (LOOPBACK, "linux", running.endpoints["leaf3"].port)

    async def test_nothing_stays(self, world: World, temporary: Path) -> None:
        async with fabric.run(world, latency=AT_ONCE) as found:
            ports = [endpoint.port for endpoint in found.endpoints.values()]
            connection = await log_in(found, "leaf1")
        assert left_in(temporary) == []
        assert [refuses(port) for port in ports] == [True] * len(ports)
        await connection.wait_closed()

    async def test_nothing_stays_after_an_error(self, world: World, temporary: Path) -> None:
        with pytest.raises(RuntimeError, match="boom"):
            async with fabric.run(world, latency=AT_ONCE):
                raise RuntimeError("boom")
        assert left_in(temporary) == []

    async def test_nothing_stays_when_it_is_cancelled(self, world: World, temporary: Path) -> None:
        up = asyncio.Event()

        async def serve() -> None:
            async with fabric.run(world, latency=AT_ONCE):
                up.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(serve())
        await up.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert left_in(temporary) == []


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def refuses(port: int) -> bool:
    """True when nobody listens on a loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) != 0


class TestLogin:
    async def test_the_hosts_keys_are_those_announced(self, running: Fabric) -> None:
        async with await log_in(running, "leaf1") as connection:
            assert connection.get_server_host_key() is not None

    async def test_another_key_is_refused(self, running: Fabric) -> None:
        stranger = asyncssh.generate_private_key("ssh-ed25519")
        with pytest.raises(asyncssh.PermissionDenied):
            await log_in(running, "leaf1", client_keys=[stranger])

    async def test_no_password_is_asked_for(self, running: Fabric) -> None:
        with pytest.raises(asyncssh.PermissionDenied):
            await log_in(running, "leaf1", client_keys=None, password="oncall")

    async def test_a_device_without_management_refuses_connections(self, world: World) -> None:
        world.devices["spine2"].management_up = False
        async with fabric.run(world, latency=AT_ONCE) as found:
            with pytest.raises(ConnectionRefusedError):
                await log_in(found, "spine2")
            async with await log_in(found, "spine1"):
                pass


class TestExec:
    @pytest.mark.parametrize(
        ("device", "command", "shows", "status"),
        [
            pytest.param("leaf1", "show hostname | json", '"hostname": "leaf1"', 0, id="EOS"),
            pytest.param("leaf1", "show  nothing", "% Invalid input", 1, id="EOS, unknown"),
            pytest.param("leaf3", "uname -a", "Linux leaf3 ", 0, id="Linux"),
            pytest.param("leaf3", "sudo -n ethtool -m swp49", "10G Base-LR", 0, id="Linux, as root"),
            pytest.param("leaf3", "ethtool -m swp49", "Operation not permitted", 1, id="Linux, not as root"),
        ],
    )
    async def test_a_command_is_answered(
        self, running: Fabric, device: str, command: str, shows: str, status: int
    ) -> None:
        async with await log_in(running, device) as connection:
            found = await connection.run(command)
        assert shows in str(found.stdout) + str(found.stderr)
        assert found.exit_status == status

    async def test_many_at_once_do_not_mix(self, running: Fabric, world: World) -> None:
        async with await log_in(running, "leaf3") as connection:
            ports = [name for name in world.devices["leaf3"].ports if name.startswith("swp")]
            found = await asyncio.gather(*(connection.run(f"ethtool {name}") for name in ports))
        assert [str(answer.stdout).splitlines()[0] for answer in found] == [
            f"Settings for {name}:" for name in ports
        ]


class Typist:
    """Somebody at a terminal."""

    def __init__(self, process: asyncssh.SSHClientProcess[str]) -> None:
        self.process = process

    async def until(self, end: str) -> str:
        """What is printed up to and with `end`."""
        seen = ""
        while not seen.endswith(end):
            chunk = await asyncio.wait_for(self.process.stdout.read(4096), 5)
            assert chunk, f"the terminal closed after {seen!r}"
            seen += chunk
        return seen

    async def enter(self, line: str, until: str) -> str:
        self.process.stdin.write(f"{line}\n")
        return await self.until(until)


@pytest.fixture
async def eos(running: Fabric) -> AsyncIterator[Typist]:
    connection = await log_in(running, "leaf1")
    async with connection, connection.create_process(term_type="vt100") as process:
        yield Typist(process)


class TestShell:
    async def test_eos_prompts_echoes_and_answers(self, eos: Typist) -> None:
        assert await eos.until("leaf1>") == "leaf1>"
        assert await eos.enter("show nonsense", "leaf1>") == "show nonsense\r\n% Invalid input\r\nleaf1>"

    async def test_eos_pages_until_told_not_to(self, eos: Typist) -> None:
        await eos.until("leaf1>")
        first = await eos.enter("show interfaces | json", "--More-- ")
        assert first.count("\r\n") == 24  # the echoed line, and a page less the pager's own line
        eos.process.stdin.write("q")
        await eos.until("leaf1>")
        assert "Pagination disabled." in await eos.enter("terminal length 0", "leaf1>")
        whole = await eos.enter("show interfaces | json", "leaf1>")
        assert "--More--" not in whole
        assert '"Loopback0"' in whole

    async def test_a_space_shows_the_next_page(self, eos: Typist) -> None:
        await eos.until("leaf1>")
        await eos.enter("show hostname | json", "leaf1>")
        await eos.enter("show bgp summary vrf all | json", "--More-- ")
        eos.process.stdin.write(" ")
        assert (await eos.until("leaf1>")).startswith("\r")

    async def test_enable_changes_the_prompt(self, eos: Typist) -> None:
        await eos.until("leaf1>")
        await eos.enter("enable", "leaf1#")
        await eos.enter("disable", "leaf1>")

    async def test_the_configuration_is_for_privileged_users(self, eos: Typist) -> None:
        await eos.until("leaf1>")
        assert "(privileged mode required)" in await eos.enter("show running-config", "leaf1>")
        await eos.enter("terminal length 0", "leaf1>")
        await eos.enter("enable", "leaf1#")
        assert "router bgp 65101" in await eos.enter("show running-config", "leaf1#")

    async def test_a_typing_error_can_be_taken_back(self, eos: Typist) -> None:
        await eos.until("leaf1>")
        eos.process.stdin.write("show nonsensx\x7fe\r")
        assert "% Invalid input" in await eos.until("leaf1>")

    async def test_linux_has_a_shell_that_does_not_page(self, running: Fabric) -> None:
        connection = await log_in(running, "leaf3")
        async with connection, connection.create_process(term_type="vt100") as process:
            bash = Typist(process)
            assert (await bash.until("oncall@leaf3:~$ ")).startswith("Linux ")
            whole = await bash.enter('vtysh -c "show bgp vrf all neighbors json"', "oncall@leaf3:~$ ")
        assert whole.count('"bgpState"') == 2

    @pytest.mark.parametrize("farewell", ["exit\n", "\x04"], ids=["exit", "end of input"])
    async def test_the_user_can_leave(self, eos: Typist, farewell: str) -> None:
        await eos.until("leaf1>")
        eos.process.stdin.write(farewell)
        found = await asyncio.wait_for(eos.process.wait(), 5)
        assert found.exit_status == 0
