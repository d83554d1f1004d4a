"""How Junos answers are read: XML and JSON as one tree, text beside it.

`| display json` writes what `| display xml` does: every element a list, every leaf `[{"data": "x"}]`,
attributes under `attributes`. XML is read into the same shape, so that a parser is written once. Nothing
here expects an element to stand; one that is not there is None, or an empty list.
"""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, NotUnderstood, Parser, command
from netdoctor.platforms.values import clean, count, number

NO_ROUTING: Final = r"^error: (?:the )?routing subsystem (?:is )?not running"
"""What stands in the place of an answer while rpd, the one process of all routing, does not run."""

Node = dict[str, Any]
Read = Iterable[Fact | Note]

_ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_DEEPEST: Final = 60
_HEAD: Final = 3000
"""The tree begins in the first characters, behind an echo or a warning at most."""

_JSON = re.compile(r'^[ \t]*\{\s*(?:"|\}\s*(?:$|\{))', re.MULTILINE)
_XML = re.compile(r"^[ \t]*<(?:[?!][A-Za-z-]|[A-Za-z_][\w.:-]*[\s/>])", re.MULTILINE)
_NAMESPACE = re.compile(
    r"(?<=<)[\w.-]+:(?=[\w.-])|(?<=</)[\w.-]+:(?=[\w.-])"
    r"|\sxmlns(?::[\w.-]+)?=(?:\"[^\"]*\"|'[^']*')|(?<=\s)[\w.-]+:(?=[\w.-]+=[\"'])"
)
_DECODER = json.JSONDecoder()
_WRAPPERS: Final = (
    "rpc-reply",
    "output-and-errors",
    "multi-routing-engine-results",
    "multi-routing-engine-item",
)


def not_running(protocol: Literal["bgp", "ospf", "isis"], output: str) -> RoutingProcess:
    """A protocol that is said not to run: it is not configured, or rpd is dead."""
    dead = re.search(NO_ROUTING, output, re.MULTILINE | re.IGNORECASE) is not None
    return RoutingProcess(protocol=protocol, name="rpd", configured=None if dead else False, running=False)


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def tree(output: str) -> Node | None:
    """The answer as a tree, None where it is text. Raises NotUnderstood.

    What stands before it (an echo, a warning) and behind it (`{master:0}`) is skipped.
    """
    head = output[:_HEAD]
    if "<" in head and (found := _XML.search(head)) and (head.lstrip()[:1] == "<" or "</" in output):
        return _from_xml(output[found.start() :])
    if found := _JSON.search(head):
        return _from_json(output, found.start())
    return None


def _from_json(output: str, start: int) -> Node:
    try:
        found, _ = _DECODER.raw_decode(output, output.index("{", start))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}") from None
    return found if isinstance(found, dict) else {}


def _from_xml(output: str) -> Node:
    """An answer in XML; of one that is cut off, what was whole. Document types are refused (entities)."""
    if "<!" in output and re.search(r"<!(?:DOCTYPE|ENTITY)", output, re.IGNORECASE):
        raise NotUnderstood("XML with a document type")
    # Several replies may stand one behind the other: all are put under one root.
    text = _NAMESPACE.sub("", re.sub(r"<\?xml[^>]*\?>|\]\]>\]\]>", "", output))
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(("start",))
    try:
        parser.feed("<all>" + text.rpartition(">")[0] + "></all>")
        parser.close()
    except ElementTree.ParseError:
        pass
    root = next((element for _, element in _events(parser)), None)
    if root is None or not len(root):
        raise NotUnderstood("not XML")
    return _element(root, 0)


def _events(parser: ElementTree.XMLPullParser[Any]) -> Iterator[Any]:
    try:
        yield from parser.read_events()
    except ElementTree.ParseError:
        return


def _element(element: ElementTree.Element, depth: int) -> Node:
    found: Node = {}
    if element.attrib:
        found["attributes"] = element.attrib
    if element.text and (said := element.text.strip()):
        found["data"] = said
    if depth < _DEEPEST:
        for child in element:
            found.setdefault(child.tag, []).append(_element(child, depth + 1))
    return found


def nodes(node: Node, *path: str) -> list[Node]:
    """The elements at the end of a path, all of them in order."""
    found = _listed(node.get(path[0]))
    for name in path[1:]:
        found = [one for place in found for one in _listed(place.get(name))]
    return found


def _listed(value: Any) -> list[Node]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    return [value] if isinstance(value, dict) else []


def inner(node: Node, *path: str) -> Node:
    """The first element at the end of a path, `{}` where there is none."""
    if path[0] not in node:
        return {}
    place = node
    for name in path:
        value = place.get(name)
        if type(value) is not list or not value or type(value[0]) is not dict:
            break
        place = value[0]
    else:
        return place
    # The path does not lead on from the first elements: it may from others.
    found = nodes(node, *path)
    return found[0] if found else {}


def leaf(node: Node, *path: str) -> str | None:
    """The text of the first element at the end of a path; None where there is none, or it is blank."""
    if len(path) > 1:
        node = inner(node, *path[:-1])
    value = node.get(path[-1])
    if value is None:
        return None
    try:
        # Nearly every leaf is `[{"data": "x"}]` with nothing in it to be decoded.
        said: str = value[0]["data"]
        if said.isascii() and "&" not in said:
            return said.strip() or None
    except (AttributeError, LookupError, TypeError):
        pass
    return _said(value)


def _said(value: Any) -> str | None:
    while isinstance(value, list | dict):
        value = value.get("data") if isinstance(value, dict) else value[0] if value else None
    if value is None or isinstance(value, bool):
        return None
    said = value if isinstance(value, str) else str(value)
    if "&" in said:
        said = html.unescape(said)
    return clean(said).strip() or None


def leaves(node: Node, name: str) -> list[str]:
    """The texts of all elements of a name."""
    value = node.get(name)
    if value is None:
        return []
    found = value if isinstance(value, list) else [value]
    return [said for one in found if (said := _said(one))]


def told(node: Node, name: str) -> bool:
    """True when an element stands, which may have nothing in it (`<no-neighbor/>`)."""
    return name in node


def attribute(node: Node, name: str, *path: str) -> str | None:
    """An attribute of the first element at the end of a path: `seconds` of `<up-time junos:seconds="1">`."""
    found = inner(node, *path).get("attributes")
    if not isinstance(found, dict):
        return None
    return _said(found.get(name) if name in found else found.get(f"junos:{name}"))


def seconds(node: Node, name: str) -> float | None:
    """The seconds that Junos writes beside a time as people read it."""
    return number(attribute(node, "seconds", name))


def whole(node: Node, *path: str) -> int | None:
    """A counter."""
    said = leaf(node, *path)
    return None if said is None else count(said)


def first_whole(node: Node, *names: str) -> int | None:
    """The first counter that stands, of several names that releases and cards give it."""
    for name in names:
        if (found := whole(node, name)) is not None:
            return found
    return None


def roots(found: Node, *names: str) -> list[tuple[str | None, Node]]:
    """The elements of some names wherever they stand on top, each with the routing engine that answered."""
    return list(_roots(found, names, None, 0))


def _roots(
    found: Node, names: tuple[str, ...], engine: str | None, depth: int
) -> Iterator[tuple[str | None, Node]]:
    engine = leaf(found, "re-name") or engine
    for name, value in found.items():
        if name in names:
            yield from ((engine, one) for one in _listed(value))
        elif depth < 6 and (name in _WRAPPERS or depth == 0):
            for one in _listed(value):
                yield from _roots(one, names, engine, depth + 1)


def each(table: Iterable[Node], read: Callable[[Node], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every element; an odd one becomes a note, and the rest goes on."""
    for one in table:
        try:
            yield from read(one)
        except _ODD as error:
            name = leaf(one, "name") or next((said for key in one if (said := leaf(one, key))), "?")
            yield Note(text=clean(f"{name}: {error!r}")[:200])


def or_empty(found: Iterable[Fact | Note], known: bool) -> Iterator[Fact | Note]:
    """What was found; EMPTY where nothing was and the answer is `known` to be well-formed."""
    nothing = True
    for one in found:
        nothing = False
        yield one
    if nothing and known:
        yield EMPTY


def sections(text: str, start: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """What begins where a pattern matches, with all that follows it up to the next such place."""
    found: re.Match[str] | None = None
    for following in start.finditer(text):
        if found is not None:
            yield found, text[found.end() : following.start()]
        found = following
    if found is not None:
        yield found, text[found.end() :]


def told_in(text: str, patterns: dict[str, re.Pattern[str]]) -> Node:
    """A tree out of a text: each element's first match, under the name that the tree gives it."""
    return {name: found[1].strip() for name, pattern in patterns.items() if (found := pattern.search(text))}


def query(text: str, *, also: tuple[str, ...] = (), **options: Any) -> Callable[[Parser], Parser]:
    """Marks the reader of a command that is sent as `… | display json | no-more`.

    It reads the text and XML forms of the command too, and those of the commands in `also`.
    """
    ways = ("", " | display json", " | display xml")
    aliases = tuple(f"{one}{way}" for one in (text, *also) for way in ways)
    return command(f"{text} | display json | no-more", aliases=aliases, **options)
