"""The BGP table in the state tree: routes refer to sets of attributes by their index."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from netdoctor.model.facts import BgpInstance, BgpRoute
from netdoctor.platforms.nokia_sros.yang import Object, inner, rows
from netdoctor.platforms.values import flag, text

_LIMIT: Final = 20_000


_GRACEFUL_SHUTDOWN: Final = ("65535:0", "graceful-shutdown")
"""RFC 8326 section 5, as a number and by its name."""


def table(vrf: str, found: Object) -> Iterator[BgpRoute]:
    """What BGP learned, unicast of both families, and what of other protocols' routes it announces."""
    attributes = {
        text(entry.get("index")): entry
        for entry in rows(inner(found, "attr-sets"), "attr-set")
        if entry.get("route-type") != "rib-out"
    }
    for family in ("ipv4-unicast", "ipv6-unicast"):
        paths: dict[str, list[Object]] = {}
        own: set[str] = set()
        for entry in itertools.islice(rows(inner(found, family, "local-rib"), "routes"), _LIMIT):
            prefix = text(entry.get("prefix"))
            if prefix and str(entry.get("owner", "bgp")).startswith("bgp"):
                paths.setdefault(prefix, []).append(entry)
            elif prefix:
                own.add(prefix)
        for prefix, same in paths.items():
            yield _route(vrf, prefix, same, attributes)
        for prefix in sorted(own & _sent(inner(found, family, "rib-in-out", "rib-out-post"))):
            yield BgpRoute(vrf=vrf, prefix=prefix, locally_originated=True, valid=True, best=True)


def draining(vrf: str, found: Object) -> Iterator[BgpInstance]:
    """Whether all that neighbours are told bears the community of a graceful shutdown."""
    attributes = {
        text(entry.get("index")): str(inner(entry, "communities"))
        for entry in rows(inner(found, "attr-sets"), "attr-set")
        if entry.get("route-type") == "rib-out"
    }
    sent = itertools.islice(
        rows(inner(found, "ipv4-unicast", "rib-in-out", "rib-out-post"), "routes"), _LIMIT
    )
    told = [attributes[index] for entry in sent if (index := text(entry.get("attr-id"))) in attributes]
    if told:
        marked = all(any(word in one for word in _GRACEFUL_SHUTDOWN) for one in told)
        yield BgpInstance(vrf=vrf, graceful_shutdown=marked)


def _sent(found: Object) -> set[str]:
    """What some neighbour is told: the local table alone holds all that BGP might announce."""
    return {
        prefix
        for entry in itertools.islice(rows(found, "routes"), _LIMIT)
        if (prefix := text(entry.get("prefix")))
    }


def _route(vrf: str, prefix: str, same: list[Object], attributes: dict[str | None, Object]) -> BgpRoute:
    told = [(entry, attributes.get(text(entry.get("attr-id")), {})) for entry in same]
    best = [pair for pair in told if flag(pair[0].get("best-route"))]
    hops = (text(attribute.get("next-hop")) for _, attribute in told)
    return BgpRoute(
        vrf=vrf,
        prefix=prefix,
        valid=any(flag(entry.get("valid-route")) for entry in same),
        best=bool(best),
        paths_count=len(same),
        next_hops=tuple(dict.fromkeys(hop for hop in hops if hop)) or None,
        as_path=_as_path((best or told)[0][1]),
    )


def _as_path(attribute: Object) -> str | None:
    """The AS numbers in their order, sets in braces; None where the attributes are not told."""
    if not attribute:
        return None
    words = []
    for segment in rows(inner(attribute, "as-path"), "segment"):
        numbers = " ".join(str(one.get("as-number")) for one in rows(segment, "as-numbers"))
        words.append(f"{{{numbers}}}" if "set" in str(segment.get("type")) else numbers)
    return " ".join(words)
