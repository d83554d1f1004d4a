"""How a Linux shell behaves around its commands, and FRR's vtysh inside it."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Find, Manner, Seat, rendered
from netdoctor.lab.render import Render, Reply, View
from netdoctor.lab.render.linux.daemons import runs

SUDO = "sudo -n "
NOT_FOUND = 127

DAEMONS = {"bgp": "bgpd", "bfd": "bfdd", "ospf": "ospfd", "ospf6": "ospf6d", "isis": "isisd"}
"""Who answers a `show` with this word in it."""


def needs_root(refusal: str) -> Callable[[Render], Render]:
    """Marks a command that only root may run, with what it says to others."""

    def mark(render: Render) -> Render:
        vars(render)["refusal"] = refusal
        return render

    return mark


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
        if not runs(view.device, daemon):
            output += f"{daemon} is not running\n"
        elif found is None:
            return Reply(f"{output}% Unknown command: {show}\n", "", 1)
        else:
            output += rendered(view, found).output
    return Reply(output)


class Shell(Manner):
    """Bash; the user may use sudo and, being in its group, vtysh."""

    server_version = "OpenSSH_9.2p1 Debian-2+deb12u3"

    def greeting(self, device: Device) -> str:
        return "Linux 6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 x86_64\n"

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"oncall@{device.name}:~{'#' if seat.privileged else '$'} "

    def reply(self, view: View, line: str, find: Find) -> Reply:
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
        return rendered(view, found)


MANNER = Shell()
