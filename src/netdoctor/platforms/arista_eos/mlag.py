"""MLAG: the pairing of two switches, and the port channels they share."""

from __future__ import annotations

from typing import Literal

from netdoctor.model.facts import Interface, MlagDomain
from netdoctor.platforms.arista_eos.reading import Object, Read, document, each, inner, on_request
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.values import flag, text

_ROLES: dict[str, Literal["primary", "secondary"]] = {"primary": "primary", "secondary": "secondary"}


@command("show mlag detail | json", area="lag", gives=(MlagDomain,), aliases=("show mlag | json",))
def domain(output: str) -> Read:
    """The state of the pairing; none where MLAG is disabled."""
    found = document(output)
    if not found:
        return
    state = text(found.get("state"))
    if state is None:
        raise NotUnderstood("no 'state'")
    if state == "disabled":
        yield EMPTY
        return
    yield _domain(state, found)


def _domain(state: str, found: Object) -> MlagDomain:
    detail = inner(found, "detail")
    link = text(found.get("peerLinkStatus"))
    config = text(found.get("configSanity"))
    negotiation = text(found.get("negStatus"))
    return MlagDomain(
        domain=text(found.get("domainId")) or "mlag",
        peer_up=state == "active" and negotiation in (None, "connected"),
        peer_address=text(found.get("peerAddress")),
        peer_link=text(found.get("peerLink")),
        peer_link_up=link == "up" if link else None,
        keepalive_up=flag(detail.get("udpHeartbeatAlive")),
        consistent=config == "consistent" if config else None,
        reason=None if state == "active" else f"state {state}, negotiation {negotiation or 'unknown'}",
        role=_ROLES.get(text(detail.get("mlagState")) or ""),
    )


@command("show mlag interfaces | json", area="lag", gives=(Interface,), arguments=on_request)
def interfaces(output: str) -> Read:
    """The shared port channels, by their state on this switch."""
    yield from each(document(output), "interfaces", _interface)


def _interface(_: str, entry: Object) -> Read:
    name, state = text(entry.get("localInterface")), text(entry.get("localInterfaceStatus"))
    if name:
        up = state == "up" if state else None
        reason = None if up else text(entry.get("status"))
        yield Interface(interface=name, oper_up=up, oper_reason=reason, kind="lag")
