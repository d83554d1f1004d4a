"""Jump hosts: shared, chained, verified, and blamed by name when they are what fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from netdoctor.model.devices import Device
from netdoctor.transport.session import SessionError

from .conftest import HOST, USER, answers

OK = answers({"show it": "ok"})


async def refused(opening: Awaitable[Any]) -> SessionError:
    with pytest.raises(SessionError) as caught:
        await opening
    return caught.value


async def test_devices_behind_one_jump_host_share_its_connection(serve: Any, connect: Any) -> None:
    bastion, one, two = await serve("bastion"), await serve("one", handler=OK), await serve("two", handler=OK)
    devices = [served.device(jump="bastion") for served in (one, two)]
    connector = connect(bastion.device(), *devices)
    sessions = await asyncio.gather(*(connector.open(device) for device in devices))
    said = await asyncio.gather(*(session.run("show it", timeout_s=20) for session in sessions))
    assert [answer.output for answer in said] == ["ok", "ok"]
    assert len(bastion.connections) == 1
    assert sorted(bastion.forwarded) == sorted(f"{HOST}:{served.port}" for served in (one, two))


@pytest.mark.parametrize("written", ["inventory", "specs", "ssh_config"])
async def test_a_chain_of_jump_hosts(serve: Any, connect: Any, home: Path, written: str) -> None:
    outer, inner, served = await serve("outer"), await serve("inner"), await serve("leaf", handler=OK)
    if written == "inventory":
        device = served.device(jump="inner")
        connector = connect(outer.device(), inner.device(jump="outer"), device)
    else:
        known_hosts = home / ".ssh" / "known_hosts"
        known_hosts.write_text("".join(one.known_hosts.read_text() + "\n" for one in (outer, inner, served)))
        chain = f"{USER}@{HOST}:{outer.port},{USER}@{HOST}:{inner.port}"
        device = served.device(known_hosts=None, jump=chain if written == "specs" else None)
        if written == "ssh_config":
            device = served.device(known_hosts=None, host="leaf")
            (home / ".ssh" / "config").write_text(f"Host leaf\n  HostName {HOST}\n  ProxyJump {chain}\n")
        connector = connect(device)
    session = await connector.open(device)
    assert (await session.run("show it", timeout_s=20)).output == "ok"
    assert outer.forwarded == [f"{HOST}:{inner.port}"]
    assert inner.forwarded == [f"{HOST}:{served.port}"]


async def test_a_jump_host_whose_key_changed_is_named(serve: Any, connect: Any) -> None:
    bastion, served = await serve("bastion"), await serve()
    bastion.known_hosts.write_text("")
    device = served.device(jump="bastion")
    error = await refused(connect(bastion.device(), device).open(device))
    assert error.reason == "host_key"
    assert error.detail.startswith(f"jump host bastion: unknown host key of {HOST}:{bastion.port}: SHA256:")
    assert "netdoctor devices trust bastion" in error.advice
    assert served.connections == []


async def test_a_jump_host_that_refuses_the_login_is_tried_once_for_all(serve: Any, connect: Any) -> None:
    bastion, one, two = await serve("bastion", accepted_keys=[]), await serve("one"), await serve("two")
    devices = [served.device(jump="bastion") for served in (one, two)]
    connector = connect(bastion.device(), *devices)
    errors = await asyncio.gather(*(refused(connector.open(device)) for device in devices))
    errors.append(await refused(connector.open(devices[0])))
    assert {error.reason for error in errors} == {"auth_failed"}
    assert all(error.detail.startswith("jump host bastion: ") for error in errors)
    assert (len(bastion.attempts), len(bastion.connections)) == (1, 1)


async def test_the_device_behind_a_jump_host_is_down(serve: Any, connect: Any) -> None:
    bastion, served = await serve("bastion"), await serve()
    await served.stop()
    device = served.device(jump="bastion")
    error = await refused(connect(bastion.device(), device).open(device))
    assert error.reason == "unreachable"
    assert error.detail.startswith(f"no connection to {HOST}:{served.port} from jump host bastion: ")


async def test_the_jump_host_is_down(serve: Any, connect: Any) -> None:
    bastion, served = await serve("bastion"), await serve()
    await bastion.stop()
    device = served.device(jump="bastion")
    error = await refused(connect(bastion.device(), device).open(device))
    assert error.reason == "unreachable"
    assert error.detail == f"jump host bastion: connection refused by {HOST}:{bastion.port}"


async def test_a_jump_connection_that_was_lost_is_made_anew(serve: Any, connect: Any) -> None:
    bastion, served = await serve("bastion"), await serve(handler=OK)
    device = served.device(jump="bastion")
    connector = connect(bastion.device(), device)
    session = await connector.open(device)
    bastion.connections[0].abort()
    error = await refused(session.run("show it", timeout_s=20))
    assert error.reason == "disconnected"
    await session.close()
    session = await connector.open(device)
    assert (await session.run("show it", timeout_s=20)).output == "ok"


@pytest.mark.parametrize(
    ("jump", "detail"),
    [
        ("a b", "jump host 'a b' is not user@host:port"),
        ("two", "jump hosts lead in a circle: two > one > two"),
    ],
)
async def test_a_jump_that_leads_nowhere(connect: Any, jump: str, detail: str) -> None:
    one = Device(name="one", host=HOST, jump="two")
    two = Device(name="two", host=HOST, jump="one")
    device = Device(name="x", host=HOST, jump=jump, platform="test_os")
    error = await refused(connect(one, two, device).open(device))
    assert error.reason == "unreachable"
    assert error.detail.endswith(detail)


async def test_a_jump_host_outside_the_inventory_never_gets_the_devices_password(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB_PASSWORD", "hunter2")
    bastion, served = await serve("bastion"), await serve()
    known_hosts = str(bastion.known_hosts)
    device = served.device(
        identity=None,
        password_env="LAB_PASSWORD",
        jump=f"{USER}@{HOST}:{bastion.port}",
        known_hosts=known_hosts,
    )
    error = await refused(connect(device).open(device))
    assert error.reason == "auth_failed"
    assert bastion.attempts == []


async def test_one_that_gives_up_waiting_for_the_jump_host_leaves_it_to_the_others(
    serve: Any, connect: Any
) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()
    bastion, one, two = await serve("bastion"), await serve("one"), await serve("two")

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        far_reader, far_writer = await asyncio.open_connection(HOST, bastion.port)
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    slow = await asyncio.start_server(relay, HOST, 0)
    port = slow.sockets[0].getsockname()[1]
    line = bastion.host_key.export_public_key().decode()
    bastion.known_hosts.write_text(f"[{HOST}]:{port} {line}")
    devices = [served.device(jump="bastion") for served in (one, two)]
    connector = connect(bastion.device(port=port), *devices)
    opening = [asyncio.create_task(connector.open(device)) for device in devices]
    await arrived.wait()
    opening[0].cancel()
    go_on.set()
    assert (await opening[1]).platform == "test_os"
    await connector.close()
    slow.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
    writer.close()
