"""What the configuration alone tells of BGP: keys, TTL security, prefix limits, shutdown, graceful shutdown.

Junos writes it in braces: `group FABRIC { neighbor 192.0.2.1 { authentication-key …; } }`. What is said of
a group holds for its neighbours, and a neighbour's own word goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.juniper_junos.naming import NLRI
from netdoctor.platforms.juniper_junos.reading import Read, or_empty
from netdoctor.platforms.values import as_number, count, is_ip

Path = tuple[str, ...]
_REMARK = re.compile(r"\s*(?:##.*|/\*.*\*/)\s*$")
_DEEPEST = 40
_GTSM_TTL = "255"
"""A session of one hop that sends with the largest TTL, and expects it (RFC 5082)."""


@command(
    "show configuration protocols bgp | no-more",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess),
    aliases=("show configuration protocols bgp", "show configuration protocols bgp | display inheritance"),
)
def bgp(output: str) -> Read:
    """What is configured of every neighbour of the main routing instance."""
    said = list(statements(output))
    known = not output.strip() or bool(said)
    yield from or_empty(_told(said), known)


def statements(output: str) -> Iterator[tuple[Path, str]]:
    """Every statement with the stanzas it stands in. What is marked `inactive:` does not hold."""
    path: list[str] = []
    for line in output.splitlines():
        text = _REMARK.sub("", line).strip()
        if text.endswith("{"):
            path.append(text[:-1].strip())
        elif text == "}":
            del path[-1:]
        elif text.endswith(";"):
            yield tuple(path[-_DEEPEST:]), text[:-1].strip()


def _told(said: list[tuple[Path, str]]) -> Iterator[Fact]:
    said = [(path, text) for path, text in said if not any(_inactive(part) for part in (*path, text))]
    shut = any(path[:1] == ("graceful-shutdown",) and text == "sender" for path, text in said)
    if said:
        yield BgpInstance(graceful_shutdown=shut)
        yield RoutingProcess(protocol="bgp", name="rpd", configured=True)
    by_place = _by_place(said)
    for group, peer in dict.fromkeys(found for path, text in said if (found := _neighbor(path, text))):
        places: tuple[Path, ...] = ((), (group,), (group, f"neighbor {peer}"))
        yield from _session(peer, [one for place in places for one in by_place.get(place, ())])


def _by_place(said: list[tuple[Path, str]]) -> dict[Path, list[tuple[Path, str]]]:
    """What is said of all, of each group and of each neighbour, with the rest of the stanzas."""
    found: dict[Path, list[tuple[Path, str]]] = {}
    for path, text in said:
        for depth in range(min(len(path), 2) + 1):
            if not _elsewhere(path[depth:]):
                found.setdefault(path[:depth], []).append((path[depth:], text))
    return found


def _inactive(part: str) -> bool:
    return part.startswith("inactive:")


def _neighbor(path: Path, text: str) -> tuple[str, str] | None:
    """The group and the address of the neighbour that a statement is about."""
    for place, part in enumerate((*path, text)):
        word, _, address = part.partition(" ")
        if word == "neighbor" and place and is_ip(address):
            return path[place - 1], address
    return None


def _elsewhere(path: Path) -> bool:
    return bool(path) and path[0].startswith(("group ", "neighbor "))


def _session(peer: str, said: list[tuple[Path, str]]) -> Iterator[Fact]:
    words = {text.partition(" ")[0]: text.partition(" ")[2].strip('"') for path, text in said if not path}
    yield BgpSession(
        peer=peer,
        peer_as=as_number(words.get("peer-as")),
        description=words.get("description"),
        admin_up=False if "shutdown" in words else None,
        auth_configured="authentication-key" in words or "authentication-key-chain" in words,
        gtsm_enabled=words.get("ttl") == _GTSM_TTL,
        bfd_enabled=True if any(path[:1] == ("bfd-liveness-detection",) for path, _ in said) else None,
    )
    for family, most in _limits(said).items():
        yield BgpAfi(peer=peer, afi_safi=family, prefix_limit_count=most)


def _limits(said: list[tuple[Path, str]]) -> dict[str, int | None]:
    """The most prefixes of each family; what stands last is nearest to the neighbour."""
    found: dict[str, int | None] = {}
    for path, text in said:
        limit = re.fullmatch(r"maximum (\d+)", text)
        if limit and path[-1:] == ("prefix-limit",) and len(path) >= 3:
            family = NLRI.get(f"{path[0].removeprefix('family ')}-{path[1]}")
            if family:
                found[family] = count(limit[1])
    return found
