"""What devices answer: one folder a platform, whose functions render commands from the world.

A function marked with `@answers` renders the commands of its templates. Nothing here knows of faults:
all that is shown is read from the world.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, cast

from netdoctor.lab.hardware import Device
from netdoctor.lab.world import World


class View(NamedTuple):
    """The device that is asked, and when (seconds since the epoch)."""

    world: World
    device: Device
    at: float

    @property
    def device_time(self) -> float:
        """What the device's own clock shows."""
        return self.at + self.device.clock_offset_s


class Reply(NamedTuple):
    """What a command prints, and the status it ends with."""

    output: str
    stderr: str = ""
    status: int = 0


Render = Callable[..., "str | Reply"]


class Found(NamedTuple):
    """A function that renders a command, with the command's arguments."""

    render: Render
    arguments: dict[str, str]


def answers(*templates: str) -> Callable[[Render], Render]:
    """Marks a function as the one that renders these commands; `{name}` holes become its arguments."""

    def mark(render: Render) -> Render:
        cast(Any, render).answers = templates
        return render

    return mark


@cache
def names() -> tuple[str, ...]:
    """The platforms that the lab speaks, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def _renders(platform: str) -> tuple[tuple[re.Pattern[str], Render], ...]:
    package = importlib.import_module(f"{__name__}.{platform}")
    found: list[tuple[re.Pattern[str], Render]] = []
    for module in pkgutil.iter_modules(package.__path__):
        members = vars(importlib.import_module(f"{package.__name__}.{module.name}")).values()
        for member in members:
            if getattr(member, "__module__", "").endswith(f".{platform}.{module.name}"):
                found.extend((_pattern(t), member) for t in getattr(member, "answers", ()))
    return tuple(found)


def _pattern(template: str) -> re.Pattern[str]:
    """A hole takes one word, `{rest}` everything to the end of the line."""
    words = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^\\s\"']+)", re.escape(template))
    return re.compile(words.replace(r"(?P<rest>[^\s\"']+)", "(?P<rest>.*)"))


def find(platform: str, command: str) -> Found | None:
    """The function that renders a command, or None when such a device does not know it."""
    for pattern, render in _renders(platform):
        if matched := pattern.fullmatch(command):
            return Found(render, matched.groupdict())
    return None
