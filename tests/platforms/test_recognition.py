"""`platform: auto` tells the nine platforms apart: each sign speaks of one of them, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

import netdoctor.platforms
from netdoctor import platforms

ROOT = Path(netdoctor.platforms.__file__).parent
MOST_QUESTIONS = 2


def told_by(source: str, said: str) -> list[str]:
    """The platforms of which a text speaks."""
    return [
        name
        for name in platforms.names()
        if any(
            sign.source == source and sign.pattern.search(said)
            for sign in platforms.get(name).dialect.recognitions
        )
    ]


def answers(platform: str) -> list[str]:
    """Our samples of the answer to the question that recognises a platform."""
    question = platforms.get(platform).dialect.recognise_by
    cases = (path.parent for path in (ROOT / platform / "samples").glob("*/*/facts.json"))
    return [
        (case / "output.txt").read_text(encoding="utf-8")
        for case in cases
        if (case / "command.txt").read_text(encoding="utf-8").strip().startswith(str(question))
    ]


def test_two_questions_are_enough() -> None:
    questions = {platforms.get(name).dialect.recognise_by for name in platforms.names()}
    assert len(questions) <= MOST_QUESTIONS
    assert all(
        platforms.get(name).allows(str(platforms.get(name).dialect.recognise_by))
        for name in platforms.names()
    )


@pytest.mark.parametrize("platform", platforms.names())
def test_an_answer_speaks_of_its_platform_alone(platform: str) -> None:
    texts = [text for text in answers(platform) if not text.lstrip().startswith(("{", "<"))]
    assert texts, "no sample of the answer that recognises it"
    assert {tuple(told_by("output", text)) for text in texts} <= {(platform,), ()}
    assert (platform,) in {tuple(told_by("output", text)) for text in texts}


@pytest.mark.parametrize(
    ("source", "said", "platform"),
    [
        ("server_version", "SSH-2.0-Cisco-1.25", ["cisco_xe"]),
        ("server_version", "SSH-2.0-Cisco-2.0", ["cisco_xr"]),
        ("server_version", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", []),
        ("server_version", "SSH-2.0-OpenSSH_7.5", []),
        ("banner", "authorised use only", []),
        ("prompt", "RP/0/RP0/CPU0:pe1#", ["cisco_xr"]),
        ("prompt", "leaf1#", []),
        ("prompt", "oncall@leaf1:~$ ", []),
    ],
)
def test_other_signs(source: str, said: str, platform: list[str]) -> None:
    assert told_by(source, said) == platform


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ("leaf1>", {"arista_eos", "cisco_nxos", "cisco_xe", "juniper_junos", "linux", "sonic"}),
        ("RP/0/RSP0/CPU0:pe1#", {"cisco_xr"}),
        ("oncall@mx1>", {"juniper_junos"}),
        ("A:admin@sr1#", {"nokia_sros"}),
        ("oncall@leaf3:~$", {"linux", "sonic"}),
    ],
)
def test_prompts_are_seen(prompt: str, speakers: set[str]) -> None:
    seen = {name for name in platforms.names() if platforms.get(name).dialect.prompt.search(prompt)}
    assert speakers <= seen
