"""The state tree of SR OS (YANG modules nokia-state and nokia-conf), from the MD-CLI's JSON or NETCONF's XML.

`info json /state router "Base" bgp neighbor *` prints the list `nokia-state:neighbor` alone; here it is put
back under the path that it stands at, so that one reader reads every part of the tree.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.nokia_sros.braces import from_braces
from netdoctor.platforms.values import clean

Object = dict[str, Any]

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "router": ("router-name",),
    "vprn": ("service-name",),
    "vpls": ("service-name",),
    "ies": ("service-name",),
    "interface": ("interface-name",),
    "port": ("port-id",),
    "lag": ("lag-name",),
    "isis": ("isis-instance",),
    "ospf": ("ospf-instance",),
    "ospf3": ("ospf-instance",),
    "area": ("area-id",),
    "chassis": ("chassis-class", "chassis-number"),
    "card": ("slot-number",),
    "mda": ("mda-slot",),
    "cpm": ("cpm-slot",),
    "fan": ("fan-slot",),
    "power-supply": ("power-supply-id",),
    "cpu": ("sample-period",),
    "lane": ("lane-id",),
    "dest-mac": ("mac-type",),
    "neighbor": ("ip-address", "ipv4-address", "ipv6-address"),
    "adjacency": ("adjacency-index",),
    "route": ("ipv4-prefix", "ipv6-prefix"),
    "routes": ("prefix",),
    "attr-set": ("route-type",),
    "community": ("community-index",),
    "segment": ("segment-index",),
    "as-numbers": ("as-number-index",),
    "tcp-connection": ("local-ip-address",),
}
"""The lists of the tree with the leaves that tell their entries apart."""

_DECODER: Final = json.JSONDecoder()


def tree(output: str, path: str = "") -> Object:
    """The part of the tree in an answer, from its root on. Raises NotUnderstood."""
    text = output.strip()
    if text.startswith("<"):
        return _from_xml(text)
    words = re.findall(r'"[^"]*"|[^\s"]+', path)
    if not re.search(r"\{\s*[\"}]", text):
        return _placed(from_braces(text, KEYS), words)
    try:
        found, _ = _DECODER.raw_decode(output, max(output.find("{"), 0))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise NotUnderstood("not a JSON object")
    return _placed(_bare(found), words)


def _bare(value: Any) -> Any:
    """The same with names that bear no module (`nokia-state:`)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_bare_name(name): _bare(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value


@lru_cache(maxsize=1024)
def _bare_name(name: str) -> str:
    return clean(name).rpartition(":")[2]


def _placed(found: Object, path: list[str]) -> Object:
    words = [word.strip('"') for word in path if word not in {"/", "state"}]
    words = [word.lstrip("/") for word in words]
    words = [word for word in words if word != "state"]
    top = next(iter(found)) if len(found) == 1 else None
    parents = words[: len(words) - 1 - words[::-1].index(top)] if top in words else words
    parents = parents[:-1] if parents[-1:] == ["*"] else parents
    return _wrapped(found, parents)


def _wrapped(found: Object, parents: list[str]) -> Object:
    if not parents:
        return found
    name, rest = parents[0], parents[1:]
    keys = KEYS.get(name, ())[: 2 if name == "chassis" else 1]
    if not keys or not rest:
        return {name: _wrapped(found, rest)}
    entry = dict(zip(keys, rest, strict=False)) | _wrapped(found, rest[len(keys) :])
    return {name: [entry]}


def _from_xml(text: str) -> Object:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotUnderstood("XML with a document type")
    end = text.rfind(">")
    try:
        root = ElementTree.fromstring(text[: end + 1])  # noqa: S314 - no document type, no entities
    except ElementTree.ParseError as error:
        raise NotUnderstood(f"not XML: {error}") from None
    parts = [element for element in root.iter() if _tag(element) in {"state", "configure"} and len(element)]
    found: Object = {}
    for part in parts or [root]:
        converted = _converted(part)
        if isinstance(converted, dict):
            found = _merged(found, converted)
    return found


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _converted(element: ElementTree.Element) -> Any:
    if not len(element):
        return clean((element.text or "").strip())
    found: Object = {}
    for child in element:
        name, value = _tag(child), _converted(child)
        if name in KEYS and isinstance(value, dict):
            found.setdefault(name, []).append(value)
        elif name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    return found


def _merged(one: Object, other: Object) -> Object:
    """Both trees in one; entries of lists that have the same keys become one."""
    found = dict(one)
    for name, value in other.items():
        before = found.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            found[name] = _merged(before, value)
        elif isinstance(before, list) and isinstance(value, list) and name in KEYS:
            found[name] = _joined(name, [*before, *value])
        else:
            found[name] = value
    return found


def _joined(name: str, entries: list[Any]) -> list[Object]:
    by_key: dict[tuple[Any, ...], Object] = {}
    for entry in entries:
        if isinstance(entry, dict):
            key = tuple(entry.get(leaf) for leaf in KEYS[name])
            by_key[key] = _merged(by_key.get(key, {}), entry)
    return list(by_key.values())


def inner(found: Any, *path: str) -> Object:
    """The object at the end of a path, `{}` where it does not lead there."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def rows(found: Any, name: str) -> Iterator[Object]:
    """The entries of a list that are objects."""
    value = found.get(name) if isinstance(found, dict) else None
    entries = value if isinstance(value, list) else [value]
    return (entry for entry in entries if isinstance(entry, dict))
