"""Answers as Junos shapes them: `| display json` is its XML written as JSON.

Every element is a list, every leaf `[{"data": "x"}]`, one without content `[{"data": [null]}]`, and an
attribute stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.text import as_json

Tree = Mapping[str, Any]

XMLNS = "http://xml.juniper.net/junos/21.4R0/junos"
NO_ROUTING = Reply("error: the routing subsystem is not running\n")


class Said(NamedTuple):
    """A leaf with an attribute: a time as people read it, and its seconds."""

    text: str
    attributes: Mapping[str, Any]


def shown(
    *commands: str, routing: bool = False
) -> Callable[[Callable[..., Tree | Reply]], Callable[..., Reply]]:
    """Marks a function that gives the tree of these commands, or a refusal.

    `routing`: it is rpd that answers, while it runs.
    """

    def mark(read: Callable[..., Tree | Reply]) -> Callable[..., Reply]:
        @wraps(read)
        def render(view: View, **arguments: str) -> Reply:
            if routing and not view.device.bgp_running:
                return NO_ROUTING
            told = read(view, **arguments)
            return told if isinstance(told, Reply) else Reply(as_json(_element(told)))

        ways = (" | display json | no-more", " | display json")
        return answers(*(f"{command}{way}" for command in commands for way in ways))(render)  # type: ignore[return-value]  # it marks what it is given

    return mark


def _element(value: Any) -> Any:
    if isinstance(value, Said):
        return {"data": value.text, "attributes": dict(value.attributes)}
    if isinstance(value, Mapping):
        return {
            name: dict(said) if name == "attributes" else _listed(said)
            for name, said in value.items()
            if said != []
        }
    return {"data": [None]} if value is None else {"data": str(value)}


def _listed(value: Any) -> list[Any]:
    return [_element(one) for one in value] if isinstance(value, list) else [_element(value)]


def root(name: str, content: Tree, *, style: str | None = None, module: str = "routing") -> Tree:
    """The outermost element, with its namespace and the level of detail."""
    attributes = {"xmlns": f"{XMLNS}-{module}"} | ({"junos:style": style} if style else {})
    return {name: {"attributes": attributes, **content}}


def lasting(seconds: float) -> Said:
    """A time that went by: `3w0d 16:50:35`, `1d 02:03:04`, `00:12:07`."""
    return Said(age(seconds), {"junos:seconds": str(int(seconds))})


def age(seconds: float) -> str:
    whole = max(0, int(seconds))
    days, rest = divmod(whole, 86400)
    hours, rest = divmod(rest, 3600)
    clock = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    if days >= 7:
        return f"{days // 7}w{days % 7}d {clock}"
    return f"{days}d {clock}" if days else clock
