"""BGP of a network instance in the state tree: process, neighbours, families, the table of routes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpRoute, BgpSession, Fact
from netdoctor.platforms.nokia_srl.bgp_words import afi_safi, limit, notification, session_state
from netdoctor.platforms.nokia_srl.reading import Object, bare, inner, moment, rows, said, since_s, up
from netdoctor.platforms.values import as_number, count, is_ip, number, text

_LIMIT: Final = 20_000


def bgp(vrf: str, found: Object, now: datetime | None) -> Iterator[Fact]:
    if not found:
        return
    own = as_number(found.get("autonomous-system"))
    router_id = said(found.get("router-id"))
    if own or router_id:
        drained = found.get("under-maintenance")
        yield BgpInstance(vrf=vrf, local_as=own, router_id=router_id, graceful_shutdown=up(drained))
    groups = {str(group.get("group-name")): group for group in rows(found, "group")}
    for entry in rows(found, "neighbor"):
        peer = said(entry.get("peer-address"))
        if peer and is_ip(peer.partition("%")[0]):
            group = groups.get(str(entry.get("peer-group")), {})
            yield from _session(vrf, peer, _inherited(entry, group), (own, router_id), now)


def _inherited(entry: Object, group: Object) -> Object:
    """A neighbour as its configuration tells it: what it does not say itself its group says."""
    leaves = ("peer-as", "local-as", "import-policy", "export-policy", "timers", "authentication")
    return {name: group[name] for name in leaves if name in group} | entry


def _local_as(entry: Object) -> int | None:
    """Older releases have a list of them, of which the first is used."""
    return next(
        (found for one in rows(entry, "local-as") if (found := as_number(one.get("as-number")))), None
    )


def _session(
    vrf: str,
    peer: str,
    entry: Object,
    own: tuple[int | None, str | None],
    now: datetime | None,
) -> Iterator[Fact]:
    state = session_state(text(entry.get("session-state")))
    timers, transport = inner(entry, "timers"), inner(entry, "transport")
    age = since_s(entry.get("last-established"), now)
    auth = inner(entry, "authentication")
    hops = inner(entry, "multihop")
    yield BgpSession(
        vrf=vrf,
        peer=peer.partition("%")[0],
        interface=peer.partition("%")[2] or None,
        peer_as=as_number(entry.get("peer-as")),
        local_as=_local_as(entry) or own[0],
        router_id=own[1],
        peer_router_id=_address(entry.get("peer-router-id")),
        session_state=state,
        admin_up=up(entry.get("admin-state")),
        up_for_s=age if state == "established" else None,
        established_transitions_count=count(entry.get("established-transitions")),
        **_last_notification(entry, now),
        hold_time_s=number(timers.get("negotiated-hold-time")) or number(timers.get("hold-time")),
        keepalive_s=number(timers.get("negotiated-keepalive-interval"))
        or number(timers.get("keepalive-interval")),
        description=said(entry.get("description")),
        local_address=_address(transport.get("local-address")),
        ttl=count(hops.get("maximum-hops")) if up(hops.get("admin-state")) else None,
        auth_configured=bool(auth.get("keychain") or auth.get("password") or auth.get("transmit-active"))
        if auth
        else None,
        prefix_limit_exceeded=_limit_exceeded(entry),
        bfd_enabled=up(inner(entry, "failure-detection").get("enable-bfd")),
        dynamic=entry.get("dynamic-neighbor") if isinstance(entry.get("dynamic-neighbor"), bool) else None,
    )
    policies = {way: _policy(entry.get(f"{way}-policy")) for way in ("import", "export")}
    for family in [*rows(entry, "afi-safi"), *_older_families(entry)]:
        yield from _family(vrf, peer.partition("%")[0], family, policies)


def _address(value: Any) -> str | None:
    """An address; all zeroes say that there is none yet."""
    found = said(value)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def _last_notification(entry: Object, now: datetime | None) -> dict[str, Any]:
    """The newer of the last NOTIFICATION sent and received; older releases do not say which way it went."""
    told = [
        (moment(inner(entry, side).get("last-notification-time")), side, sent)
        for side, sent in (("received-messages", False), ("sent-messages", True))
        if said(inner(entry, side).get("last-notification-error-code"))
    ]
    if not told:
        return _told_of(entry, None)
    when, side, sent = max(told, key=lambda one: one[0].timestamp() if one[0] else 0.0)
    fields = _told_of(inner(entry, side), sent)
    if fields and when and now and when <= now:
        fields["last_reset_s"] = (now - when).total_seconds()
    return fields


def _limit_exceeded(entry: Object) -> bool | None:
    """True when a family of the neighbour has sent more than is accepted."""
    limits = [
        inner(family, bare(family.get("afi-safi-name")) or "", "prefix-limit-received")
        for family in rows(entry, "afi-safi")
    ]
    told = [up(one.get("prefix-limit-exceeded")) for one in limits]
    known = [one for one in told if one is not None]
    return any(known) if known else None


def _told_of(found: Object, sent: bool | None) -> dict[str, Any]:
    return notification(
        said(found.get("last-notification-error-code")),
        said(found.get("last-notification-error-subcode")),
        sent,
    )


def _policy(value: Any) -> str | None:
    if isinstance(value, list):
        return " ".join(str(one) for one in value) or None
    return said(value)


def _older_families(entry: Object) -> Iterator[Object]:
    """The families as releases before 21.3 have them, each in a container of its own."""
    for name in ("ipv4-unicast", "ipv6-unicast", "evpn"):
        if found := inner(entry, name):
            yield {"afi-safi-name": name, name: found} | found


def _family(vrf: str, peer: str, entry: Object, policies: dict[str, str | None]) -> Iterator[BgpAfi]:
    """A family that is switched off is none of this neighbour's."""
    name = bare(entry.get("afi-safi-name"))
    received, rejected = count(entry.get("received-routes")), count(entry.get("rejected-routes"))
    if not name or (up(entry.get("admin-state")) is False and not received):
        return
    known = received is not None and rejected is not None and received >= rejected
    oper = up(entry.get("oper-state"))
    prefix_limit = inner(entry, name, "prefix-limit-received") or inner(entry, name, "prefix-limit")
    yield BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        negotiated=oper,
        prefixes_received_count=received,
        prefixes_accepted_count=(received or 0) - (rejected or 0) if known else None,
        prefixes_sent_count=count(entry.get("sent-routes")),
        prefix_limit_count=limit(count(prefix_limit.get("max-received-routes"))),
        import_policy=policies["import"],
        export_policy=policies["export"],
    )


def rib(vrf: str, found: Object) -> Iterator[BgpRoute]:
    """The local table: each prefix once, with its paths. Attributes stand apart, and paths point to them."""
    sets = {str(one.get("index")): one for one in rows(inner(found, "attr-sets"), "attr-set")}
    families = [inner(one, bare(one.get("afi-safi-name")) or "") for one in rows(found, "afi-safi")]
    families += [inner(found, f"ipv{version}-unicast") for version in (4, 6)]
    paths: dict[str, list[Object]] = {}
    for family in families:
        local = inner(family, "local-rib")
        for path in itertools.chain(rows(local, "route"), rows(local, "routes")):
            if (prefix := said(path.get("prefix"))) and (prefix in paths or len(paths) < _LIMIT):
                paths.setdefault(prefix, []).append(path)
    for prefix, same in paths.items():
        yield _route(vrf, prefix, same, sets)


def _route(vrf: str, prefix: str, same: list[Object], sets: dict[str, Object]) -> BgpRoute:
    best = next((path for path in same if path.get("best-route") is True), same[0])
    told = sets.get(str(best.get("attr-id")), {})
    hops = [said(sets.get(str(path.get("attr-id")), {}).get("next-hop")) for path in same]
    members = [one for part in rows(inner(told, "as-path"), "segment") for one in part.get("member") or ()]
    communities = inner(told, "communities").get("community")
    return BgpRoute(
        vrf=vrf,
        prefix=prefix,
        locally_originated=bare(best.get("origin-protocol")) not in {"bgp", "bgp-evpn"},
        valid=any(path.get("valid-route") is True for path in same),
        best=best.get("best-route") is True,
        paths_count=len(same),
        next_hops=tuple(dict.fromkeys(hop for hop in hops if hop)) or None,
        as_path=" ".join(str(one) for one in members) if told else None,
        communities=tuple(map(str, communities)) if isinstance(communities, list) else None,
    )
