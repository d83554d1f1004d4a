"""`shell` mode: a terminal with banners, prompts, echoes, pagers and log lines in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from netdoctor.transport.session import SessionError

from .command_line import CommandLine

TABLE: dict[str, Any] = {
    "terminal length 0": "",
    "show version": "Version 1\nUptime 5 days\n",
    "show nothing": "",
    "show long": "".join(f"line {number}\n" for number in range(100)),
}
LONG = TABLE["show long"]


@pytest.fixture
def device(serve: Any, connect: Any, speak: Any) -> Callable[..., Any]:
    """`await device(greeting=…)`: the shell session with a command line, and the commands it saw."""
    speak(mode="shell")

    async def start(
        table: Mapping[str, Any] = TABLE, options: Any = None, **style: Any
    ) -> tuple[Any, list[str]]:
        seen: list[str] = []
        kind = type("Styled", (CommandLine,), style)
        served = await serve(shell=lambda: kind({**TABLE, **table}, seen))
        session = await connect(**(options or {})).open(served.device())
        return session, seen

    return start


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("show version", "Version 1\nUptime 5 days\n"),
        ("show nothing", ""),
        ("show long", LONG),
    ],
)
@pytest.mark.parametrize(
    "style",
    [
        {},
        {"prompt": "leaf1# "},
        {"prompt": "\x1b[1mleaf1>\x1b[0m "},
        {"greeting": "*** authorised use only ***\nby order#\n\n"},
        {"greeting": "Welcome to leaf1>\nlast login today\n"},
        {"greeting": "Press RETURN to get started>", "eats_first_line": True},
        {"page_lines": 24},
        {"page_lines": 1},
    ],
)
async def test_an_answer_is_what_stands_between_echo_and_prompt(
    device: Any, style: dict[str, Any], command: str, output: str
) -> None:
    session, seen = await device(**style)
    assert (await session.run(command, timeout_s=20)).output == output
    assert seen == ["terminal length 0", command]


async def test_commands_run_one_after_another(device: Any) -> None:
    session, seen = await device()
    commands = ["show version", "show long", "show nothing"]
    said = await asyncio.gather(*(session.run(command, timeout_s=20) for command in commands))
    assert [answer.output for answer in said] == [TABLE[command] for command in commands]
    assert seen == ["terminal length 0", *commands]


async def test_log_lines_do_not_confuse(device: Any) -> None:
    def log_everywhere(line: CommandLine) -> None:
        line.write("\n%LOG-5: before\nVersion 1\n%LOG-5: leaf1> said something\nUptime\nleaf1>")
        line.write("\n%LOG-5: after the prompt\n")

    session, _ = await device(table={"show logs": log_everywhere})
    answer = await session.run("show logs", timeout_s=20)
    assert answer.output == "\n%LOG-5: before\nVersion 1\n%LOG-5: leaf1> said something\nUptime\n"
    assert (await session.run("show version", timeout_s=20)).output == TABLE["show version"]


async def test_a_refusal(device: Any) -> None:
    session, _ = await device()
    with pytest.raises(SessionError) as caught:
        await session.run("show unknown", timeout_s=20)
    assert (caught.value.reason, caught.value.detail) == ("unsupported", "% Invalid input: show unknown")


class Guarded(CommandLine):
    """A command line that shows more to who knows the password of `enable`, and asks three times for it."""

    password = "open sesame"
    tries_left = 3
    asking = False

    def enter(self, typed: str) -> None:
        if self.asking:
            self.asking = False
            self.seen.append(f"password {typed}")
            self.write("\n")
            if typed == self.password:
                self.prompt = self.prompt.replace(">", "#")
            elif self.tries_left > 1:
                self.tries_left -= 1
                self.ask()
                return
            else:
                self.write("% Bad secrets\n")
            self.write(self.prompt)
            return
        super().enter(typed)

    def ask(self) -> None:
        self.asking = True
        self.write("Password: ")


@pytest.fixture
def guarded(serve: Any, connect: Any, speak: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`await guarded(password)`: the session of a device that wants `enable`, and what was typed there."""
    speak(mode="shell", enable="enable")

    async def start(password: str, prompt: str = "leaf1>") -> tuple[Any, list[str]]:
        seen: list[str] = []
        monkeypatch.setenv("LAB_ENABLE", password)
        kind = type("Prompting", (Guarded,), {"prompt": prompt})
        served = await serve(shell=lambda: kind({**TABLE, "enable": Guarded.ask}, seen))
        return await connect().open(served.device(enable_password_env="LAB_ENABLE")), seen

    return start


async def test_rights_are_asked_for_before_anything_else(guarded: Any) -> None:
    session, seen = await guarded("open sesame")
    assert (await session.run("show version", timeout_s=20)).output == TABLE["show version"]
    assert seen == ["enable", "password open sesame", "terminal length 0", "show version"]


async def test_who_has_the_rights_does_not_ask(guarded: Any) -> None:
    session, seen = await guarded("open sesame", prompt="leaf1#")
    await session.run("show version", timeout_s=20)
    assert seen == ["terminal length 0", "show version"]


async def test_a_wrong_password_is_offered_once(guarded: Any) -> None:
    session, seen = await guarded("guess")
    with pytest.raises(SessionError) as caught:
        await session.run("show version", timeout_s=20)
    assert (caught.value.reason, caught.value.detail) == ("auth_failed", "'enable' was refused")
    assert seen == ["enable", "password guess"]
    assert "guess" not in f"{caught.value!r} {caught.value.output}"


async def test_what_is_not_allowed_is_never_typed(device: Any) -> None:
    session, seen = await device()
    for command in ("reload", "show version\nreload", "show | redirect"):
        with pytest.raises(SessionError, match="allow-list"):
            await session.run(command, timeout_s=20)
    assert seen == []


def flood(line: CommandLine) -> None:
    for _ in range(100):
        line.write("flood\n" * 1000)


def half(line: CommandLine) -> None:
    line.write("first half\n")


def half_and_close(line: CommandLine) -> None:
    half(line)
    line.channel.exit(0)


def half_and_die(line: CommandLine) -> None:
    half(line)
    line.channel.get_connection().abort()


async def test_a_flood_is_cut_and_the_next_command_gets_a_new_terminal(device: Any) -> None:
    session, seen = await device(table={"show flood": flood}, options={"output_limit_bytes": 1 << 16})
    answer = await session.run("show flood", timeout_s=20)
    assert answer.truncated
    assert answer.output.startswith("flood\nflood\n")
    assert len(answer.output) <= 1 << 16
    assert (await session.run("show version", timeout_s=20)).output == TABLE["show version"]
    assert seen == ["terminal length 0", "show flood", "terminal length 0", "show version"]


@pytest.mark.parametrize(
    ("behaviour", "timeout_s", "reason", "detail"),
    [
        (half_and_close, 20, "disconnected", "the device closed the shell in mid-answer"),
        (half_and_die, 20, "disconnected", "the device closed the shell in mid-answer"),
        (half, 0.2, "timeout", "no prompt within 0.2 s"),
    ],
)
async def test_an_answer_that_breaks_off_leaves_what_came(
    device: Any, behaviour: Any, timeout_s: float, reason: str, detail: str
) -> None:
    session, _ = await device(table={"show half": behaviour})
    with pytest.raises(SessionError) as caught:
        await session.run("show half", timeout_s=timeout_s)
    assert (caught.value.reason, caught.value.detail) == (reason, detail)
    assert caught.value.output == "first half\n"
    if behaviour is not half_and_die:
        assert (await session.run("show version", timeout_s=20)).output == TABLE["show version"]


@pytest.mark.parametrize(
    ("style", "reason", "detail"),
    [
        ({"eats_first_line": True}, "timeout", "no prompt within 0.3 s of the login"),
        (
            {"session_started": lambda line: line.channel.exit(0)},
            "disconnected",
            "the device closed the shell before its prompt",
        ),
        ({"shell_requested": lambda line: False}, "disconnected", "no shell: "),
    ],
)
async def test_a_shell_without_a_prompt(device: Any, style: dict[str, Any], reason: str, detail: str) -> None:
    session, _ = await device(options={"connect_timeout_s": 0.3}, **style)
    with pytest.raises(SessionError) as caught:
        await session.run("show version", timeout_s=20)
    assert caught.value.reason == reason
    assert caught.value.detail.startswith(detail)


async def test_a_device_that_refuses_exec_is_spoken_to_in_a_shell(serve: Any, connect: Any) -> None:
    seen: list[str] = []
    served = await serve(shell=lambda: CommandLine(TABLE, seen))
    session = await connect().open(served.device())
    said = await asyncio.gather(*(session.run(c, timeout_s=20) for c in ("show version", "show nothing")))
    assert [answer.output for answer in said] == [TABLE["show version"], ""]
    assert sorted(seen) == ["show nothing", "show version", "terminal length 0"]
