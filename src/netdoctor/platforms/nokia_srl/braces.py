"""The tree as the CLI prints it without `| as json`: `interface ethernet-1/1 { mtu 9232 … }`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.platforms.values import clean

_OPENS: Final = re.compile(r'^[ \t]*/?[a-z][\w-]*(?: (?:"[^"\n]*"|[^\s{}"\[\]]+)){0,4} \{[ \t]*$', re.M)
_WORDS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_LEAF: Final = re.compile(r"[a-z][\w-]*\Z")

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "address": ("ip-prefix",), "adjacency": ("neighbor-system-id", "adjacency-level"),
    "afi-safi": ("afi-safi-name",), "area": ("area-id",), "bgp-instance": ("id",), "channel": ("index",),
    "commit": ("id",), "control": ("slot",), "cpu": ("index",), "destination": ("vtep", "vni"),
    "entry": ("sequence-id",), "fabric": ("slot",), "fan-tray": ("id",), "group": ("group-name",),
    "level": ("level-number",), "linecard": ("slot",), "local-as": ("as-number",), "mac": ("address",),
    "next-hop": ("index",),
    "next-hop-group": ("index",), "power-supply": ("id",), "priority": ("index",), "process": ("pid",),
    "queue": ("queue-name",), "server": ("address",), "subinterface": ("index",), "vtep": ("address",),
    "vxlan-interface": ("index",), "acl-filter": ("name", "type"), "peer": ("local-discriminator",),
}  # fmt: skip
"""The leaves that name an entry of a list; of a list that is not here `name` does."""

_KEYS_IN: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("arp", "neighbor"): ("ipv4-address",), ("neighbor-discovery", "neighbor"): ("ipv6-address",),
    ("lldp", "neighbor"): ("id",), ("ospf", "neighbor"): ("router-id",),
    ("bgp", "neighbor"): ("peer-address",),
    ("ospf", "interface"): ("interface-name",), ("isis", "interface"): ("interface-name",),
    ("qos", "interface"): ("interface-id",), ("ipv4-unicast", "route"): ("ipv4-prefix",),
    ("ipv6-unicast", "route"): ("ipv6-prefix",), ("lldp", "management-address"): ("address",),
    ("evpn", "interface"): ("ethernet-interface",),
}  # fmt: skip
"""Those that depend on what the list is in."""


def is_braces(output: str) -> bool:
    """True where the first brace opens a named part of the tree."""
    if output.lstrip()[:1] in {"{", "["}:
        return False
    found = _OPENS.search(output)
    return found is not None and "{" not in output[: found.start()]


def tree(output: str) -> dict[str, Any]:
    """The tree; what is cut off at the end is missing, and nothing else."""
    root: dict[str, Any] = {}
    stack: list[tuple[str, dict[str, Any]]] = [("", root)]
    lines = iter(output.splitlines())
    for line in lines:
        text = line.strip().removeprefix("/")
        name, _, value = text.partition(" ")
        if text == "}":
            del stack[max(len(stack) - 1, 1) :]
        elif not _LEAF.match(name):
            continue
        elif value == "{" or value.endswith(" {"):
            stack.append((name, _opened(stack, name, _words(value[:-1]))))
        elif value.startswith("["):
            stack[-1][1][name] = (
                _words(value[1:].rstrip("]")) if value.endswith("]") else list(_listed(lines))
            )
        elif value:
            stack[-1][1][name] = _leaf(value, lines)
    return root


def _words(text: str) -> list[str]:
    return [clean(quoted or bare) for quoted, bare in _WORDS.findall(text)]


def _listed(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() == "]":
            return
        yield from _words(line)


def _leaf(value: str, lines: Iterator[str]) -> Any:
    """A value; one in quotes may run over several lines."""
    if not value.startswith('"'):
        return {"true": True, "false": False}.get(value, clean(value))
    while not re.search(r'(?:^|[^\\])"$', value[1:].rstrip()):
        following = next(lines, None)
        if following is None:
            break
        value = f"{value}\n{following}"
    return clean(value.strip().removeprefix('"').removesuffix('"').replace('\\"', '"'))


def _opened(stack: list[tuple[str, dict[str, Any]]], name: str, keys: list[str]) -> dict[str, Any]:
    """What is opened here: a container, or an entry of a list with the leaves that name it."""
    parent = stack[-1][1]
    known = parent.get(name)
    if not keys:
        if not isinstance(known, dict):
            known = parent[name] = {}
        return known
    within = [one for one, _ in reversed(stack)]
    leaves = next(
        (_KEYS_IN[one, name] for one in within if (one, name) in _KEYS_IN), _KEYS.get(name, ("name",))
    )
    entry: dict[str, Any] = dict(zip(leaves, keys, strict=False))
    if not isinstance(known, list):
        known = parent[name] = []
    known.append(entry)
    return entry
