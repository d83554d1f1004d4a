"""How a Linux shell behaves around its commands."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from netdoctor.lab.hardware import Device
from netdoctor.lab.render import Found, Reply, View

SERVER_VERSION = "OpenSSH_9.2p1 Debian-2+deb12u3"
GREETING = "Linux 6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 x86_64\n"
SUDO = "sudo -n "
NOT_FOUND = 127


def reply(view: View, line: str, find: Callable[[str], Found | None]) -> Reply:
    """The answer to one line. `sudo -n` is allowed; what needs it and lacks it is not permitted."""
    privileged = line.startswith(SUDO)
    command = line.removeprefix(SUDO)
    found = find(command)
    if found is None:
        name = (shlex.split(command) or [""])[0]
        missing = (
            f"sudo: {name}: command not found" if privileged else f"bash: line 1: {name}: command not found"
        )
        return Reply("", f"{missing}\n", NOT_FOUND)
    refusal = getattr(found.render, "refusal", None)
    if refusal and not privileged:
        return Reply("", f"{refusal}\n", 1)
    rendered = found.render(view, **found.arguments)
    return rendered if isinstance(rendered, Reply) else Reply(rendered)


def prompt(device: Device, privileged: bool) -> str:
    return f"oncall@{device.name}:~{'#' if privileged else '$'} "
