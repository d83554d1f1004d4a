"""Who a device's neighbours are: by intent, by LLDP, by BGP."""

from __future__ import annotations

from typing import NamedTuple

from netdoctor.derive.names import DeviceNames, address
from netdoctor.engine.knowledge import Knowledge
from netdoctor.model.facts import BgpSession, LldpNeighbor


class Heard(NamedTuple):
    """A neighbour as it was heard of; `device` is its name in the inventory, None when it has none."""

    device: str | None
    word: str
    how: str


def intended(knowledge: Knowledge, device: str) -> list[Heard]:
    """The neighbours that the inventory's links give; known before anything is asked."""
    return [Heard(name, name, "inventory") for name in knowledge.network.intended_neighbors(device)]


def heard(knowledge: Knowledge, device: str) -> list[Heard]:
    """The neighbours that a device's own answers tell of, each once, sorted."""
    names = DeviceNames(knowledge.network, knowledge.observations)
    found: dict[str, Heard] = {}
    for seen in knowledge.observations.of(LldpNeighbor, device):
        said = seen.fact
        word = said.neighbor_device or said.neighbor_address
        if word:
            name = names.find(said.neighbor_device, said.neighbor_address)
            found.setdefault(name or word, Heard(name, word, f"LLDP on {said.interface}"))
    for seen in knowledge.observations.of(BgpSession, device):
        session = seen.fact
        name = names.find(session.peer, session.peer_hostname, session.description)
        if name is not None:
            found.setdefault(name, Heard(name, session.peer, f"BGP peer {session.peer}"))
        elif address(session.peer) is not None and not _explained(session, found):
            found.setdefault(session.peer, Heard(None, session.peer, "BGP"))
    found.pop(device, None)
    return [found[word] for word in sorted(found)]


def _explained(session: BgpSession, found: dict[str, Heard]) -> bool:
    """True when the peer is, as far as can be told, a neighbour already heard on the same interface."""
    return any(one.how == f"LLDP on {session.interface}" for one in found.values())
