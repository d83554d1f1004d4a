"""Logging in: each method once, host keys verified, ~/.ssh/config honoured, and every failure named."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
import types
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from netdoctor.model.devices import Device, Network
from netdoctor.transport.session import SessionError
from netdoctor.transport.ssh import Connector

from .conftest import HOST, USER, Served, answers, write_key

PASSWORD = "hunter2"
WRONG = "correct-horse"


async def refused(opening: Awaitable[Any]) -> SessionError:
    with pytest.raises(SessionError) as caught:
        await opening
    return caught.value


# Credentials


@pytest.mark.parametrize(
    ("methods", "method"),
    [
        ({"password"}, "password"),
        ({"keyboard-interactive"}, "keyboard-interactive"),
        ({"password", "keyboard-interactive", "publickey"}, "keyboard-interactive"),
    ],
)
@pytest.mark.parametrize("right", [True, False])
async def test_a_password_is_offered_once_whatever_the_method(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch, methods: set[str], method: str, right: bool
) -> None:
    password = PASSWORD if right else WRONG
    monkeypatch.setenv("LAB_PASSWORD", password)
    served = await serve(methods=methods)
    opening = connect().open(served.device(identity=None, password_env="LAB_PASSWORD"))
    if right:
        await opening
    else:
        error = await refused(opening)
        assert error.reason == "auth_failed"
        assert error.detail == f"{USER}@{HOST}:{served.port} refused password from $LAB_PASSWORD"
    assert served.attempts == [f"{method} {USER} {password}"]
    assert len(served.connections) == 1


@pytest.mark.parametrize("right", [True, False])
async def test_a_key_file_is_offered_once(serve: Any, connect: Any, tmp_path: Path, right: bool) -> None:
    other = write_key(tmp_path / "other_key")
    served = await serve()
    device = served.device() if right else served.device(identity=str(tmp_path / "other_key"))
    opening = connect().open(device)
    offered = served.accepted_keys[0] if right else other
    if right:
        await opening
    else:
        error = await refused(opening)
        assert error.reason == "auth_failed"
        assert "refused key" in error.detail
    assert set(served.attempts) == {f"publickey {USER} {offered.get_fingerprint()}"}
    assert len(served.attempts) <= 2  # asked whether it would do, then signed with (RFC 4252 section 7)
    assert len(served.connections) == 1


async def test_a_key_file_and_a_password_are_each_offered_once(
    serve: Any, connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_key(tmp_path / "other_key")
    monkeypatch.setenv("LAB_PASSWORD", WRONG)
    served = await serve(methods={"publickey", "password"})
    device = served.device(identity=str(tmp_path / "other_key"), password_env="LAB_PASSWORD")
    error = await refused(connect().open(device))
    assert [attempt.split()[0] for attempt in served.attempts] == ["publickey", "password"]
    assert "key other_key, password from $LAB_PASSWORD" in error.detail


async def test_without_a_configured_method_the_users_own_keys_are_offered(
    serve: Any, connect: Any, home: Path
) -> None:
    served = await serve()
    served.accepted_keys = [write_key(home / ".ssh" / "id_ed25519").convert_to_public()]
    assert await connect().open(served.device(identity=None))


async def test_with_nothing_to_offer_the_failure_says_so(serve: Any, connect: Any) -> None:
    served = await serve()
    error = await refused(connect().open(served.device(identity=None)))
    assert error.reason == "auth_failed"
    assert error.detail.endswith("refused the login: there was no key and no password to offer")
    assert served.attempts == []


async def test_the_agents_keys_are_offered(serve: Any, connect: Any, agent: Any) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    await agent.add_keys([key])
    served = await serve(accepted_keys=[key.convert_to_public()])
    assert await connect().open(served.device(identity=None))


async def test_a_key_that_is_in_a_file_and_in_the_agent_is_offered_once(
    serve: Any, connect: Any, agent: Any, home: Path
) -> None:
    key = write_key(home / ".ssh" / "id_ed25519")
    await agent.add_keys([key])
    served = await serve()
    await refused(connect().open(served.device(identity=None)))
    assert served.attempts == [f"publickey {USER} {key.get_fingerprint()}"]


async def test_an_encrypted_key_file_is_used_through_the_agent(
    serve: Any, connect: Any, agent: Any, tmp_path: Path
) -> None:
    key = write_key(tmp_path / "locked")
    locking = await asyncio.create_subprocess_exec(
        "ssh-keygen", "-q", "-p", "-N", PASSWORD, "-f", str(tmp_path / "locked")
    )
    assert await locking.wait() == 0
    served = await serve(accepted_keys=[key.convert_to_public()])
    device = served.device(identity=str(tmp_path / "locked"))
    error = await refused(connect().open(device))
    assert error.detail == f"key file {tmp_path}/locked is encrypted, and the agent does not hold its key"
    await agent.add_keys([key, asyncssh.generate_private_key("ssh-ed25519")])
    assert await connect().open(device)
    assert len(set(served.attempts)) == 1


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"identity": "/nowhere/key"}, "key file /nowhere/key: No such file or directory"),
        ({"identity": "{known_hosts}"}, "key file {known_hosts} holds no private key that can be read"),
        ({"password_env": "NOT_SET"}, "the environment variable NOT_SET is not set"),
        ({"ask_password": True}, "a password is to be asked for, and there is no terminal"),
        ({"keyring": "lab"}, "keyring service 'lab': the package is missing"),
    ],
)
async def test_a_configured_source_with_nothing_to_give(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], detail: str
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    served = await serve()
    places = {"known_hosts": str(served.known_hosts)}
    said = {word: v.format(**places) if isinstance(v, str) else v for word, v in changes.items()}
    error = await refused(connect().open(served.device(**{"identity": None} | said)))
    assert (error.reason, error.detail) == ("auth_failed", detail.format(**places))
    assert served.connections == []


@pytest.mark.parametrize("held", [PASSWORD, None])
async def test_the_keyring(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch, held: str | None
) -> None:
    asked: list[tuple[str, str]] = []

    def get_password(service: str, name: str) -> str | None:
        asked.append((service, name))
        return held

    errors = types.SimpleNamespace(KeyringError=RuntimeError)
    monkeypatch.setitem(
        sys.modules, "keyring", types.SimpleNamespace(get_password=get_password, errors=errors)
    )
    served = await serve()
    opening = connect().open(served.device(identity=None, keyring="lab"))
    if held:
        await opening
    else:
        assert (await refused(opening)).detail == f"keyring service 'lab' holds no password for {USER}"
    assert asked == [("lab", USER)]


@pytest.mark.parametrize("typed", [PASSWORD, None])
async def test_the_engineer_is_asked(serve: Any, connect: Any, typed: str | None) -> None:
    asked: list[str] = []

    def ask(device: Device) -> str | None:
        asked.append(device.name)
        return typed

    served = await serve()
    opening = connect(ask_password=ask).open(served.device(identity=None, ask_password=True))
    if typed:
        await opening
    else:
        assert (await refused(opening)).detail == "no password was given"
    assert asked == ["device1"]


async def test_no_secret_is_shown_anywhere(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("LAB_PASSWORD", WRONG)
    served = await serve()
    device = served.device(identity=None, password_env="LAB_PASSWORD")
    connector = connect()
    error = await refused(connector.open(device))
    served.accepted_password = WRONG
    session = await connector.open(device)
    shown = [repr(x) for x in (error, session, connector, vars(connector), vars(session), device)]
    shown += [str(error), error.detail, error.advice, error.output, caplog.text, repr(vars(error))]
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]  # any exception will do
        shown += [repr(error), repr(vars(error))]
    assert not [text for text in shown if WRONG in text]
    assert caplog.text == ""


# Host keys


async def test_an_unknown_host_key_is_never_accepted(serve: Any, connect: Any) -> None:
    served = await serve()
    served.known_hosts.write_text("")
    error = await refused(connect().open(served.device()))
    fingerprint = served.host_key.get_fingerprint()
    assert error.reason == "host_key"
    assert error.detail == f"unknown host key of {HOST}:{served.port}: {fingerprint} (ssh-ed25519)"
    assert "netdoctor devices trust device1" in error.advice
    assert served.attempts == []


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
async def test_a_changed_host_key_is_told_from_an_unknown_one(serve: Any, connect: Any, kind: str) -> None:
    served = await serve()
    recorded = asyncssh.generate_private_key(kind)
    served.trust(recorded)
    error = await refused(connect().open(served.device()))
    now, before = served.host_key.get_fingerprint(), recorded.get_fingerprint()
    assert error.reason == "host_key"
    assert error.detail == (
        f"host key of {HOST}:{served.port} changed: now {now} (ssh-ed25519), recorded {before}"
    )
    assert served.attempts == []


async def test_a_revoked_host_key_is_refused(serve: Any, connect: Any) -> None:
    served = await serve()
    served.known_hosts.write_text("@revoked * " + served.host_key.export_public_key().decode())
    error = await refused(connect().open(served.device()))
    assert (error.reason, error.detail) == ("host_key", f"Host key is revoked for host {HOST}")


async def test_the_users_known_hosts_speaks_where_the_inventory_names_none(
    serve: Any, connect: Any, home: Path
) -> None:
    served = await serve()
    device = served.device(known_hosts=None)
    assert (await refused(connect().open(device))).reason == "host_key"
    hashed = await asyncio.create_subprocess_exec("ssh-keygen", "-q", "-H", "-f", str(served.known_hosts))
    assert await hashed.wait() == 0
    assert HOST not in served.known_hosts.read_text()
    broken_first = "not a known_hosts line\nx\n" + served.known_hosts.read_text()
    (home / ".ssh" / "known_hosts").write_text(broken_first)
    assert await connect().open(device)


# ~/.ssh/config


async def test_ssh_config_says_what_the_inventory_leaves_out(
    serve: Any, connect: Any, home: Path, client_key: Path
) -> None:
    served = await serve()
    (home / ".ssh" / "config").write_text(
        f"Host leaf1\n  HostName {HOST}\n  Port {served.port}\n  User ops\n"
        f"  IdentityFile {client_key}\n  UserKnownHostsFile {served.known_hosts}\n"
        f"Host *\n  ForwardAgent yes\n  RemoteCommand reboot\n  SetEnv A=b\n  StrictHostKeyChecking no\n"
    )
    connector = connect()
    served.handler = answers({"show it": "ok"})
    session = await connector.open(Device(name="leaf1", host="leaf1", platform="test_os"))
    assert (await session.run("show it", timeout_s=20)).output == "ok"
    assert {attempt.split()[1] for attempt in served.attempts} == {"ops"}


async def test_the_inventorys_word_comes_first(serve: Any, connect: Any, home: Path) -> None:
    served = await serve()
    (home / ".ssh" / "config").write_text(f"Host {HOST}\n  Port 1\n  User other\n  IdentityFile /nowhere\n")
    assert await connect().open(served.device())
    assert {attempt.split()[1] for attempt in served.attempts} == {USER}


async def test_ssh_config_cannot_turn_host_key_verification_off(serve: Any, connect: Any, home: Path) -> None:
    served = await serve()
    (home / ".ssh" / "config").write_text("StrictHostKeyChecking no\nUserKnownHostsFile none\n")
    error = await refused(connect().open(served.device(known_hosts=None)))
    assert error.reason == "host_key"


async def test_a_broken_ssh_config_is_named(serve: Any, connect: Any, home: Path) -> None:
    (home / ".ssh" / "config").write_text("Port ssh\n")
    served = await serve()
    error = await refused(connect().open(served.device()))
    assert (error.reason, error.advice) == ("unreachable", "correct ~/.ssh/config")
    assert "line 1" in error.detail


# What is not there, or not SSH


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def close_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def speak_ssh_1(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-1.5-old\r\n")


async def send_garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-x\r\n" + b"\xff" * 4096)


async def send_lines_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"no ssh here\n" * 100_000)


async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize(
    ("behaviour", "reason", "detail"),
    [
        (close_at_once, "disconnected", "{} closed the connection before the login was done"),
        (speak_ssh_1, "unreachable", "{} does not speak SSH: Unsupported SSH version"),
        (send_garbage, "unreachable", "{} does not speak SSH: "),
        (send_lines_for_ever, "unreachable", "{} does not speak SSH: Too many banner lines"),
        (say_nothing, "timeout", "{} let us connect, then no login within 0.3 s"),
    ],
)
async def test_what_answers_is_no_ssh_server(
    connect: Any, behaviour: Serve, reason: str, detail: str
) -> None:
    server = await asyncio.start_server(behaviour, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        device = Device(name="x", host=HOST, port=port, platform="test_os")
        error = await refused(connect(connect_timeout_s=0.3).open(device))
    assert error.reason == reason
    assert error.detail.startswith(detail.format(f"{HOST}:{port}"))


async def test_a_server_that_drops_the_connection_during_the_login(serve: Any, connect: Any) -> None:
    served: Served = await serve(on_connect=lambda connection: connection.abort())
    error = await refused(connect().open(served.device()))
    assert error.reason == "disconnected"


async def test_a_closed_port(connect: Any) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]
        error = await refused(connect().open(Device(name="x", host=HOST, port=port, platform="test_os")))
    assert (error.reason, error.detail) == ("unreachable", f"connection refused by {HOST}:{port}")


async def test_a_host_that_never_answers(connect: Any) -> None:
    """A listener whose queue is full drops what comes after, as a firewall would."""
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind((HOST, 0))
        full.listen(0)
        for client in (one, two):
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        port = full.getsockname()[1]
        device = Device(name="x", host=HOST, port=port, platform="test_os")
        error = await refused(connect(connect_timeout_s=0.3).open(device))
    assert (error.reason, error.detail) == ("unreachable", f"no answer from {HOST}:{port} within 0.3 s")


async def test_a_closed_port_at_each_address_of_a_name(connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]

        def two_addresses(host: Any, *more: Any, **options: Any) -> Any:
            hosts = ("127.0.0.1", "127.0.0.2") if host == "router.example" else (host,)
            return [entry for one in hosts for entry in look_up(one, *more, **options)]

        monkeypatch.setattr(socket, "getaddrinfo", two_addresses)
        device = Device(name="x", host="router.example", port=port, platform="test_os")
        error = await refused(connect().open(device))
    assert (error.reason, error.detail) == ("unreachable", f"connection refused by router.example:{port}")


def test_a_name_server_that_never_answers_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *whatever: answered.wait())
    device = Device(name="x", host="router.example", platform="test_os")

    async def attempt() -> None:
        await Connector(Network(), connect_timeout_s=0.2).open(device)

    with pytest.raises(SessionError, match=r"no answer from router\.example:22 within 0\.2 s"):
        asyncio.run(attempt())
    assert not answered.is_set()
    answered.set()


async def test_a_name_that_has_no_address(connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*whatever: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    device = Device(name="x", host="router.invalid", platform="test_os")
    error = await refused(connect().open(device))
    assert (error.reason, error.detail) == ("unreachable", "no address for the name router.invalid")


async def test_no_common_algorithm(serve: Any, connect: Any, home: Path) -> None:
    (home / ".ssh" / "config").write_text("Ciphers 3des-cbc\n")
    served = await serve()
    error = await refused(connect().open(served.device()))
    assert error.reason == "unreachable"
    assert "no common algorithm" in error.detail
    assert "~/.ssh/config" in error.advice


async def test_a_login_that_is_cancelled_leaves_no_connection(serve: Any, connect: Any) -> None:
    arrived = asyncio.Event()
    gone = asyncio.Event()

    async def wait_until_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await reader.read()
        gone.set()

    server = await asyncio.start_server(wait_until_gone, HOST, 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        connector = connect(max_sessions=1)
        opening = asyncio.create_task(
            connector.open(Device(name="x", host=HOST, port=port, platform="test_os"))
        )
        await arrived.wait()
        opening.cancel()
        await gone.wait()
    served = await serve()
    assert await connector.open(served.device())
