"""`exec` mode: answers, refusals, floods, deaths and deadlines over real SSH channels."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from netdoctor.transport.session import ADVICE, SessionError

from .conftest import answers, hang


async def failed(running: Any) -> SessionError:
    with pytest.raises(SessionError) as caught:
        await running
    return caught.value


async def test_an_answer(serve: Any, connect: Any) -> None:
    served = await serve(handler=answers({"show version": "one\r\ntwo \x1b[1mbold\x1b[0m\n"}))
    session = await connect().open(served.device())
    answer = await session.run("show version", timeout_s=20)
    assert (answer.output, answer.truncated) == ("one\ntwo bold\n", False)
    assert (session.platform, session.server_version) == ("test_os", "SSH-2.0-Programmed_1.0")
    assert answer.duration_s > 0


@pytest.mark.parametrize(
    ("said", "output"),
    [
        ("", ""),
        (("text", "a warning", 0), "text"),
        (("inactive\n", "", 3), "inactive\n"),
        (("", "", 1), ""),
        (("", "only a warning", 0), ""),
    ],
)
async def test_what_counts_as_an_answer(serve: Any, connect: Any, said: Any, output: str) -> None:
    served = await serve(handler=answers({"show it": said}))
    session = await connect().open(served.device())
    assert (await session.run("show it", timeout_s=20)).output == output


async def test_garbage_is_kept_as_text(serve: Any, connect: Any) -> None:
    async def babble(stdin: Any, stdout: Any, stderr: Any) -> None:
        stdout.write(bytes(range(256)) * 4)
        stdout.channel.exit(0)

    served = await serve(handler=babble)
    session = await connect().open(served.device())
    output = (await session.run("show it", timeout_s=20)).output
    assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ" in output
    assert "\x1b" not in output


@pytest.mark.parametrize(
    ("said", "reason", "detail"),
    [
        ("% Invalid input (at token 1)\n", "unsupported", "% Invalid input (at token 1)"),
        (("", "cat: /x: Permission denied\n", 1), "not_authorised", "cat: /x: Permission denied"),
        (("", "sh: 1: show: not here\n", 127), "unsupported", "sh: 1: show: not here"),
        (("", "sh: 1: show: no\n", 126), "not_authorised", "sh: 1: show: no"),
        (("", "it failed, somehow\n", 2), "unsupported", "it failed, somehow"),
        (
            ("", "\n\npermission denied, password hunter2\n", 1),
            "not_authorised",
            "permission denied, password <redacted>",
        ),
    ],
)
async def test_what_counts_as_a_refusal(
    serve: Any, connect: Any, said: Any, reason: str, detail: str
) -> None:
    served = await serve(handler=answers({"show it": said}))
    session = await connect().open(served.device())
    error = await failed(session.run("show it", timeout_s=20))
    assert (error.reason, error.detail) == (reason, detail)
    assert error.advice == ADVICE[reason]  # type: ignore[index]  # the parameter is one of its keys


@pytest.mark.parametrize(
    "command",
    [
        "reload",
        "show version; reload",
        "show version\nreload",
        "show `reload`",
        "show x > flash",
        "",
        "Show x",
    ],
)
async def test_what_is_not_on_the_allow_list_never_reaches_the_wire(
    serve: Any, connect: Any, command: str
) -> None:
    served = await serve(handler=answers({"show version": "ok"}))
    session = await connect().open(served.device())
    error = await failed(session.run(command, timeout_s=20, privileged=True))
    assert error.reason == "not_authorised"
    assert "allow-list" in error.detail
    await session.run("show version", timeout_s=20)
    assert served.commands == ["show version"]


DENIED = ("", "permission denied", 1)
MISSING = ("", "sh: show: not found", 127)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (DENIED, "all of it", "all of it"),
        (MISSING, "all of it", "all of it"),
        (DENIED, ("", "sudo: a password is required", 1), "not_authorised"),
        (MISSING, ("", "sudo: a password is required", 1), "not_authorised"),
        (DENIED, ("", "sh: sudo: not found", 127), "not_authorised"),
        (MISSING, ("", "sh: sudo: not found", 127), "unsupported"),
    ],
)
async def test_a_privileged_command_is_tried_once_more_with_rights(
    serve: Any, connect: Any, first: Any, second: Any, outcome: str
) -> None:
    served = await serve(handler=answers({"show secrets": first, "sudo -n show secrets": second}))
    session = await connect().open(served.device())
    try:
        said = (await session.run("show secrets", timeout_s=20, privileged=True)).output
    except SessionError as error:
        said = error.reason
    assert said == outcome
    assert served.commands == ["show secrets", "sudo -n show secrets"]


@pytest.mark.parametrize(
    ("first", "second", "outcome", "tries"),
    [
        (MISSING, "all of it", "all of it", 2),
        (MISSING, MISSING, "unsupported", 2),
        (MISSING, DENIED, "not_authorised", 2),
        (("", "% Invalid input", 1), "all of it", "unsupported", 1),
        (DENIED, "all of it", "not_authorised", 1),
    ],
)
async def test_what_is_not_on_the_path_is_looked_for_elsewhere(
    serve: Any, connect: Any, speak: Any, first: Any, second: Any, outcome: str, tries: int
) -> None:
    speak(search="show all ")
    served = await serve(handler=answers({"show secrets": first, "show all show secrets": second}))
    session = await connect().open(served.device())
    try:
        said = (await session.run("show secrets", timeout_s=20)).output
    except SessionError as error:
        said = error.reason
    assert said == outcome
    assert served.commands == ["show secrets", "show all show secrets"][:tries]


async def test_without_privileged_there_is_one_try(serve: Any, connect: Any) -> None:
    served = await serve(handler=answers({"show secrets": DENIED}))
    session = await connect().open(served.device())
    assert (await failed(session.run("show secrets", timeout_s=20))).reason == "not_authorised"
    assert served.commands == ["show secrets"]


async def test_a_flood_is_cut_and_its_rest_never_sent(serve: Any, connect: Any) -> None:
    sent = 0

    async def flood(stdin: Any, stdout: Any, stderr: Any) -> None:
        nonlocal sent
        for _ in range(1600):
            stdout.write(b"flood\n" * 10923)
            await stdout.drain()
            sent += 65538

    served = await serve(handler=flood)
    session = await connect(output_limit_bytes=1 << 20).open(served.device())
    answer = await session.run("show flood", timeout_s=60)
    assert answer.truncated
    assert len(answer.output) == 1 << 20
    assert answer.output.startswith("flood\nflood\n")
    served.handler = answers({"show version": "still here"})
    assert (await session.run("show version", timeout_s=20)).output == "still here"
    assert sent < 16 << 20


async def test_a_flood_of_errors_is_cut_too(serve: Any, connect: Any) -> None:
    async def flood(stdin: Any, stdout: Any, stderr: Any) -> None:
        for _ in range(160):
            stderr.write(b"error\n" * 10923)
            await stderr.drain()

    served = await serve(handler=flood)
    session = await connect(output_limit_bytes=1 << 16).open(served.device())
    assert (await session.run("show flood", timeout_s=60)).truncated


async def test_a_connection_that_dies_in_mid_answer_leaves_what_came(serve: Any, connect: Any) -> None:
    async def die(stdin: Any, stdout: Any, stderr: Any) -> None:
        stdout.write(b"first half\n")
        stdout.channel.get_connection().abort()

    served = await serve(handler=die)
    session = await connect().open(served.device())
    error = await failed(session.run("show it", timeout_s=20))
    assert (error.reason, error.output) == ("disconnected", "first half\n")
    after = await failed(session.run("show more", timeout_s=20))
    assert after.reason == "disconnected"


async def test_a_command_that_is_killed_gives_no_answer(serve: Any, connect: Any) -> None:
    async def killed(stdin: Any, stdout: Any, stderr: Any) -> None:
        stdout.write(b"first half\n")
        stdout.channel.exit_with_signal("KILL")

    served = await serve(handler=killed)
    session = await connect().open(served.device())
    error = await failed(session.run("show it", timeout_s=20))
    assert (error.reason, error.detail) == ("disconnected", "the answer broke off: killed by signal KILL")
    assert error.output == "first half\n"


async def test_a_command_that_hangs_costs_its_own_deadline_only(serve: Any, connect: Any) -> None:
    async def handle(stdin: Any, stdout: Any, stderr: Any) -> None:
        if stdin.channel.get_command() == "show stuck":
            stdout.write(b"so far")
            await hang(stdin, stdout, stderr)
        stdout.write(b"ok")

    served = await serve(handler=handle)
    session = await connect().open(served.device())
    stuck, fine = await asyncio.gather(
        failed(session.run("show stuck", timeout_s=0.2)), session.run("show fine", timeout_s=20)
    )
    assert fine.output == "ok"
    assert (stuck.reason, stuck.detail, stuck.output) == (
        "timeout",
        "no complete answer within 0.2 s",
        "so far",
    )


async def test_a_cancelled_command_closes_its_channel(serve: Any, connect: Any) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def handle(stdin: Any, stdout: Any, stderr: Any) -> None:
        started.set()
        await stdin.read()
        await stdout.channel.wait_closed()
        ended.set()

    served = await serve(handler=handle)
    session = await connect().open(served.device())
    running = asyncio.create_task(session.run("show it", timeout_s=20))
    await started.wait()
    running.cancel()
    await ended.wait()
    with pytest.raises(asyncio.CancelledError):
        await running


class Gate:
    """A handler that answers only once so many commands are waiting at it."""

    def __init__(self, opens_at: int) -> None:
        self._waiting = 0
        self._opens_at = opens_at
        self._open = asyncio.Event()

    async def __call__(self, stdin: Any, stdout: Any, stderr: Any) -> None:
        self._waiting += 1
        if self._waiting >= self._opens_at:
            self._open.set()
        await self._open.wait()
        stdout.write(stdin.channel.get_command().encode())
        stdout.channel.exit(0)


@pytest.mark.parametrize(("max_sessions", "most"), [(100, 4), (2, 2), (1, 1)])
async def test_no_more_channels_at_once_than_dialect_and_device_allow(
    serve: Any, connect: Any, max_sessions: int, most: int
) -> None:
    served = await serve(handler=Gate(most), max_sessions=max_sessions)
    session = await connect().open(served.device())
    commands = [f"show {number}" for number in range(9)]
    said = await asyncio.gather(*(session.run(command, timeout_s=20) for command in commands))
    assert [answer.output for answer in said] == commands
    assert served.most_sessions == most


async def test_a_device_that_opens_no_channel_at_all(serve: Any, connect: Any) -> None:
    served = await serve(max_sessions=0)
    session = await connect().open(served.device())
    errors = await asyncio.gather(*(failed(session.run("show it", timeout_s=20)) for _ in range(3)))
    assert {(error.reason, error.detail) for error in errors} == {
        ("disconnected", "no channel: Session refused")
    }


@pytest.mark.parametrize("again", [False, True])
async def test_closing_ends_the_connection_and_never_raises(serve: Any, connect: Any, again: bool) -> None:
    gone = asyncio.Event()
    served = await serve(handler=hang)
    session = await connect().open(served.device())
    served.connections[0].create_task(set_when_closed(served.connections[0], gone))
    if again:
        served.connections[0].abort()
        await session.close()
    await session.close()
    await gone.wait()


async def set_when_closed(connection: Any, gone: asyncio.Event) -> None:
    await connection.wait_closed()
    gone.set()


async def test_so_many_sessions_at_a_time(serve: Any, connect: Any) -> None:
    served = [await serve(f"device{number}") for number in range(3)]
    connector = connect(max_sessions=2)
    first, second = [await connector.open(one.device()) for one in served[:2]]
    third = asyncio.create_task(connector.open(served[2].device()))
    await first.close()
    assert (await third).platform == "test_os"
    await second.close()
    assert [len(one.connections) for one in served] == [1, 1, 1]


async def test_a_slot_is_free_again_after_a_failure(serve: Any, connect: Any) -> None:
    served = await serve()
    connector = connect(max_sessions=1)
    for _ in range(2):
        assert (
            await failed(connector.open(served.device(username="", identity="/nowhere")))
        ).reason == "auth_failed"
    assert (await connector.open(served.device())).platform == "test_os"


def test_what_a_session_error_says() -> None:
    error = SessionError("timeout", "no answer")
    assert (str(error), error.advice) == ("no answer", ADVICE["timeout"])
    assert SessionError("timeout", "x", "do this").advice == "do this"
