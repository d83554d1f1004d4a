"""How a command line behaves around its commands: greeting, prompt, rights, paging, refusals.

The module `manner.py` of a platform's folder of renderers holds one, `MANNER`; what is said here is what
most do.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from netdoctor.lab import render
from netdoctor.lab.hardware import Device
from netdoctor.lab.render import Found, Reply, View
from netdoctor.lab.world import World

Find = Callable[[str], Found | None]

PAGE_LINES = 24


@dataclass
class Seat:
    """What one user's terminal remembers."""

    privileged: bool = False
    page_lines: int = PAGE_LINES
    """So many lines are shown before the pager asks; 0: all at once."""


class Manner:
    """A platform's command line. `reply` is what single commands get; the rest makes a terminal of it."""

    server_version = "OpenSSH_9.2"
    more: str | None = None
    """What the pager asks at the end of a page; None where there is none."""
    leave = frozenset({"exit", "logout", "quit"})
    privileged = False
    """The rights that a user has when he logs in."""
    channels_max = 10
    """So many channels a connection carries at once (OpenSSH's MaxSessions); the next one is refused."""
    lasting = True
    """False where the connection ends with its first channel, as on IOS."""

    def greeting(self, device: Device) -> str:
        """What a terminal shows before its first prompt."""
        return ""

    def prompt(self, device: Device, seat: Seat) -> str:
        """What a terminal shows before a line is typed."""
        return f"{device.name}{'#' if seat.privileged else '>'}"

    def obey(self, seat: Seat, line: str) -> str | None:
        """Does what changes the terminal itself, and says what the device says then; None for other lines."""
        return None

    def refusal(self, line: str, *, privileged: bool) -> str | None:
        """What is said to a line that its user may not run; None when he may."""
        return None

    def unknown(self, line: str) -> Reply:
        """What is said to a line that is no command here."""
        return Reply("% Invalid input\n", status=1)

    def reply(self, view: View, line: str, find: Find) -> Reply:
        """The answer to one line."""
        found = find(line)
        return rendered(view, found) if found else self.unknown(line)


def rendered(view: View, found: Found) -> Reply:
    """What the function that was found prints."""
    told = found.render(view, **found.arguments)
    return told if isinstance(told, Reply) else Reply(told)


def page_lines(words: str) -> int:
    """The number of lines in `terminal length 24`; anything else turns paging off."""
    last = words.split()[-1]
    return int(last) if last.isdigit() else 0


@cache
def manner(platform: str) -> Manner:
    """How a platform's command line behaves in the lab."""
    found: Manner = importlib.import_module(f"netdoctor.lab.render.{platform}.manner").MANNER
    return found


def reply(world: World, device: Device, line: str) -> Reply:
    """What a device answers to one line, now."""
    view = View(world, device, world.now())
    find = partial(render.find, device.platform)
    return manner(device.platform).reply(view, " ".join(line.split()), find)
