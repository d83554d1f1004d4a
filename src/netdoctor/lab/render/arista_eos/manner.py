"""How the EOS command line behaves around its commands."""

from __future__ import annotations

from collections.abc import Callable

from netdoctor.lab.hardware import Device
from netdoctor.lab.render import Found, Reply, View

SERVER_VERSION = "OpenSSH_8.7"
GREETING = ""
INVALID = "% Invalid input"
PRIVILEGED = "% Invalid input (privileged mode required)"


def reply(view: View, line: str, find: Callable[[str], Found | None]) -> Reply:
    """The answer to one line; EOS prints its refusals where answers are printed."""
    if found := find(line):
        rendered = found.render(view, **found.arguments)
        return rendered if isinstance(rendered, Reply) else Reply(rendered)
    return Reply(f"{INVALID}\n", status=1)


def refusal(line: str, privileged: bool) -> str | None:
    """What only a privileged user may see."""
    hidden = not privileged and line.startswith("show running-config")
    return f"{PRIVILEGED}\n" if hidden else None


def prompt(device: Device, privileged: bool) -> str:
    return f"{device.name}{'#' if privileged else '>'}"
