"""Which platform a device is, when the inventory says `auto`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from netdoctor import platforms
from netdoctor.platforms.base import Platform, Recognition
from netdoctor.transport.session import SessionError

from .command_line import CommandLine
from .conftest import TEST_OS, answers

ALLOW = (re.compile(r"show version|show os|uname -a"),)


def known(name: str, question: str, *signs: tuple[Any, str]) -> Platform:
    recognitions = tuple(Recognition(source, re.compile(pattern)) for source, pattern in signs)
    dialect = replace(TEST_OS.dialect, recognise_by=question, recognitions=recognitions)
    return replace(TEST_OS, name=name, dialect=dialect, allow=ALLOW)


ALPHA = known(
    "alpha", "show version", ("server_version", "Alpha"), ("output", "^Alpha"), ("prompt", r"^alpha>")
)
BETA = known("beta", "show version", ("banner", "Property of Beta"), ("output", "^Beta"))
GAMMA = known("gamma", "uname -a", ("output", "^Gamma"))


@pytest.fixture(autouse=True)
def three_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {platform.name: platform for platform in (ALPHA, BETA, GAMMA)}
    monkeypatch.setattr(platforms, "names", lambda: tuple(table))
    monkeypatch.setattr(platforms, "get", table.__getitem__)


@pytest.mark.parametrize(
    ("programme", "said", "platform", "commands"),
    [
        ({"server_version": "Alpha_1"}, {}, "alpha", []),
        ({"banner": "Property of Beta Inc."}, {}, "beta", []),
        ({}, {"show version": "Beta 2.0"}, "beta", ["show version"]),
        ({}, {"show version": "no idea", "uname -a": "Gamma"}, "gamma", ["show version", "uname -a"]),
        (
            {},
            {"show version": ("", "sh: show: not found", 127), "uname -a": "Gamma"},
            "gamma",
            ["show version", "uname -a"],
        ),
        (
            {"server_version": "Alpha_1", "banner": "Property of Beta"},
            {"show version": "Beta"},
            "beta",
            ["show version"],
        ),
    ],
)
async def test_the_greeting_tells_else_a_harmless_question(
    serve: Any, connect: Any, programme: Any, said: Any, platform: str, commands: list[str]
) -> None:
    served = await serve(handler=answers(said), **programme)
    session = await connect().open(served.device(platform="auto"))
    assert session.platform == platform
    assert served.commands == commands


async def test_an_unknown_platform_says_what_to_do(serve: Any, connect: Any) -> None:
    served = await serve(handler=answers({"show version": "x", "uname -a": "y"}))
    with pytest.raises(SessionError) as caught:
        await connect().open(served.device(platform="auto"))
    assert caught.value.detail == "the platform was not recognised (server version SSH-2.0-Programmed_1.0)"
    assert "--platform (alpha, beta, gamma)" in caught.value.advice


@pytest.mark.parametrize(("prompt", "platform"), [("alpha>", "alpha"), ("leaf1>", "beta")])
async def test_a_device_that_wants_a_shell(serve: Any, connect: Any, prompt: str, platform: str) -> None:
    kind = type("Styled", (CommandLine,), {"prompt": prompt})
    served = await serve(shell=lambda: kind({"show version": "Beta\n", "uname -a": ""}, []))
    session = await connect().open(served.device(platform="auto"))
    assert session.platform == platform


async def test_a_device_that_hangs_after_login(serve: Any, connect: Any) -> None:
    served = await serve()
    with pytest.raises(SessionError) as caught:
        await connect(connect_timeout_s=0.3).open(served.device(platform="auto"))
    assert caught.value.reason == "timeout"


async def test_a_device_with_one_channel_is_asked_in_the_shell_that_is_kept(
    serve: Any, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IOS ends the connection with its first channel; Alpha and Beta both want a shell."""
    one_shell = {
        platform.name: replace(platform, dialect=replace(platform.dialect, mode="shell"))
        for platform in (ALPHA, BETA)
    }
    monkeypatch.setattr(platforms, "names", lambda: tuple(one_shell))
    monkeypatch.setattr(platforms, "get", one_shell.__getitem__)
    seen: list[str] = []
    table = {"show version": "Beta\n", "show os": "2\n", "terminal length 0": ""}
    served = await serve(shell=lambda: CommandLine(table, seen), max_sessions=1)
    session = await connect().open(served.device(platform="auto"))
    assert session.platform == "beta"
    assert (await session.run("show os", timeout_s=20)).output == "2\n"
    assert seen == ["show version", "terminal length 0", "show os"]
