"""The prefixes on a device's own interfaces, held against what its BGP originates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.names import Subnet, address, subnet
from netdoctor.derive.sessions import SETTLED_S, Sessions
from netdoctor.model.facts import BgpRoute, BgpSession, Interface, OriginatedPrefix
from netdoctor.model.observations import Observation, Observations

READS = (BgpRoute, BgpSession, Interface)
GIVES = {OriginatedPrefix: BgpRoute}

_ROUTER_LINK_HOSTS = 4


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    tables = _tables(observations)
    peers = _peers(observations, situation, tables)
    routers = _router_addresses(observations)
    for seen in observations.of(Interface):
        table = tables.get(seen.device)
        if table is None or not seen.fact.oper_up:
            continue
        managed = situation.network.devices.get(seen.device)
        for text in seen.fact.addresses or ():
            network = subnet(text)
            if network is None or network.is_link_local or network.is_loopback:
                continue
            serves = _serves_hosts(seen, network, routers[seen.device], managed.host if managed else "")
            fact = table.fact(network, seen.fact, serves, peers[seen.device])
            yield Derived(seen.device, fact, (seen,))


class _Table:
    """The BGP table of one device."""

    def __init__(self) -> None:
        self.local: list[Subnet] = []
        self.tells_own = False
        """True where the device says of its routes which of them begin at it."""
        self.known: set[Subnet] = set()
        self.heard_lengths: set[tuple[int, int]] = set()
        self.established_count = 0

    def has(self, network: Subnet) -> bool:
        """True when it leads to `network` by more than a default route."""
        lengths = range(network.prefixlen, 0, -1)
        return any(network.supernet(new_prefix=length) in self.known for length in lengths)

    def fact(
        self, network: Subnet, interface: Interface, serves_hosts: bool, peers: list[_Table]
    ) -> OriginatedPrefix:
        having = sum(peer.has(network) for peer in peers)
        return OriginatedPrefix(
            prefix=str(network),
            interface=interface.interface,
            serves_hosts=serves_hosts,
            in_bgp=any(_covers(route, network) for route in self.local) if self.tells_own else None,
            peers_established_count=self.established_count,
            siblings_advertised=(network.version, network.prefixlen) in self.heard_lengths,
            peers_with_it_count=having,
            peers_without_it_count=len(peers) - having,
        )


def _tables(observations: Observations) -> dict[str, _Table]:
    """The tables of the devices whose BGP table was read."""
    tables: dict[str, _Table] = {device: _Table() for device in observations.devices(BgpRoute)}
    for seen in observations.of(BgpRoute):
        network = subnet(seen.fact.prefix)
        if network is None:
            continue
        tables[seen.device].known.add(network)
        tables[seen.device].tells_own |= seen.fact.locally_originated is not None
        if seen.fact.locally_originated:
            tables[seen.device].local.append(network)
        else:
            tables[seen.device].heard_lengths.add((network.version, network.prefixlen))
    for seen in observations.of(BgpSession):
        if seen.device in tables:
            tables[seen.device].established_count += seen.fact.session_state == "established"
    return tables


def _peers(
    observations: Observations, situation: Situation, tables: dict[str, _Table]
) -> dict[str, list[_Table]]:
    """The tables of every device's peers that have had the time to hear all it sends."""
    sessions = Sessions(observations, situation)
    found: dict[str, list[_Table]] = defaultdict(list)
    for seen in sessions.all:
        settled = seen.fact.session_state == "established" and (seen.fact.up_for_s or 0.0) >= SETTLED_S
        far_device = sessions.far_device(seen) if settled else None
        if far_device in tables:
            found[seen.device].append(tables[far_device])
    return found


def _router_addresses(observations: Observations) -> dict[str, set[str]]:
    """The BGP peers of every device: a subnet with one of them in it is a link between routers."""
    peers: dict[str, set[str]] = defaultdict(set)
    for seen in observations.of(BgpSession):
        peers[seen.device].add(seen.fact.peer)
    return peers


def _serves_hosts(seen: Observation, network: Subnet, peers: set[str], managed_at: str) -> bool:
    if network.num_addresses <= _ROUTER_LINK_HOSTS or seen.fact.kind in {"loopback", "management"}:
        return False
    inside = (address(text) for text in (*peers, managed_at))
    return not any(one is not None and one.version == network.version and one in network for one in inside)


def _covers(route: Subnet, network: Subnet) -> bool:
    return route.version == network.version and network.subnet_of(route)  # type: ignore[arg-type]  # same version
