"""How a Linux shell behaves around its commands, and FRR's vtysh inside it."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from netdoctor.lab.hardware import Device
from netdoctor.lab.render import Found, Render, Reply, View

SERVER_VERSION = "OpenSSH_9.2p1 Debian-2+deb12u3"
GREETING = "Linux 6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 x86_64\n"
SUDO = "sudo -n "
NOT_FOUND = 127

DAEMONS = {"bgp": "bgpd", "bfd": "bfdd", "ospf": "ospfd", "ospf6": "ospf6d", "isis": "isisd"}
"""Who answers a `show` with this word in it."""

Find = Callable[[str], Found | None]


def needs_root(refusal: str) -> Callable[[Render], Render]:
    """Marks a command that only root may run, with what it says to others."""

    def mark(render: Render) -> Render:
        vars(render)["refusal"] = refusal
        return render

    return mark


def reply(view: View, line: str, find: Find) -> Reply:
    """The answer to one line. The user may use sudo and, being in its group, vtysh."""
    privileged = line.startswith(SUDO)
    command = line.removeprefix(SUDO)
    try:
        words = shlex.split(command)
    except ValueError:
        return Reply("", "bash: -c: line 1: unexpected EOF while looking for matching quote\n", 2)
    if words[:1] == ["vtysh"]:
        return _vtysh(view, words[1:], find)
    found = find(command)
    if found is None:
        return _not_found(words[0] if words else "", privileged)
    refusal = getattr(found.render, "refusal", None)
    if refusal and not privileged:
        return Reply("", f"{refusal}\n", 1)
    return _rendered(view, found)


def _rendered(view: View, found: Found) -> Reply:
    rendered = found.render(view, **found.arguments)
    return rendered if isinstance(rendered, Reply) else Reply(rendered)


def _not_found(program: str, privileged: bool) -> Reply:
    shell = "sudo" if privileged else "bash: line 1"
    return Reply("", f"{shell}: {program}: command not found\n", NOT_FOUND)


def _vtysh(view: View, words: list[str], find: Find) -> Reply:
    """Runs each `-c` in turn; the first that is wrong ends it."""
    shows = [text for flag, text in zip(words[::2], words[1::2], strict=False) if flag == "-c"]
    output = ""
    for show in shows:
        daemon = next((DAEMONS[word] for word in show.split() if word in DAEMONS), "zebra")
        found = find(f'vtysh -c "{show}"')
        if not view.device.runs(daemon):
            output += f"{daemon} is not running\n"
        elif found is None:
            return Reply(f"{output}% Unknown command: {show}\n", "", 1)
        else:
            output += _rendered(view, found).output
    return Reply(output)


def refusal(line: str, privileged: bool) -> str | None:
    """A shell refuses nothing by itself."""
    return None


def prompt(device: Device, privileged: bool) -> str:
    return f"oncall@{device.name}:~{'#' if privileged else '$'} "
