"""The fabric on paper: two spines, three leaves, a host behind each leaf, and their configuration.

    host1 -- leaf1 --+-- spine1
    host2 -- leaf2 --+           (each leaf to both spines, RFC 7938 style: the spines share an AS)
    host3 -- leaf3 --+-- spine2

Links between routers are /31 (RFC 3021), every host has a /24 behind its leaf, loopbacks are /32, and each
router has `eth0` in the management network.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Variant = Literal["bgp", "ospf"]
"""What routes the fabric: eBGP, or OSPF with everything in area 0. BFD guards both."""

MANAGEMENT = "10.255.0.0/24"
OPERATOR_ADDRESS = "10.255.0.1"
USER = "oncall"


class Node(NamedTuple):
    """A member of the fabric. `number` counts from 1 within its role."""

    name: str
    role: Literal["spine", "leaf", "host"]
    number: int

    @property
    def asn(self) -> int:
        return 65000 if self.role == "spine" else 65000 + self.number

    @property
    def loopback(self) -> str:
        return f"10.1.{0 if self.role == 'spine' else 1}.{self.number}"

    @property
    def management(self) -> str:
        return f"10.255.0.{(10 if self.role == 'spine' else 20) + self.number}"


class End(NamedTuple):
    """One end of a link, with the address that stands on it."""

    node: str
    interface: str
    address: str
    length: int

    @property
    def entity(self) -> str:
        return f"interface:{self.node}/{self.interface}"


class Link(NamedTuple):
    """A cable: the end nearer to the spines first."""

    upper: End
    lower: End

    def end(self, node: str) -> End:
        return self.upper if self.upper.node == node else self.lower

    def far(self, node: str) -> End:
        return self.lower if self.upper.node == node else self.upper

    @property
    def entity(self) -> str:
        low, high = sorted(f"{end.node}/{end.interface}" for end in self)
        return f"link:{low}--{high}"

    @property
    def sessions(self) -> frozenset[str]:
        """The BGP session over the link, as either end names it."""
        return frozenset(f"bgp:{end.node}/{self.far(end.node).address}" for end in self)

    @property
    def places(self) -> frozenset[str]:
        """The link and its two interfaces."""
        return frozenset({self.entity, self.upper.entity, self.lower.entity})

    @property
    def adjacencies(self) -> frozenset[str]:
        """The OSPF adjacency over the link, as either end names it, and the link."""
        return frozenset({self.entity, *(f"ospf:{end.node}/{end.interface}" for end in self)})


SPINES = tuple(Node(f"spine{n}", "spine", n) for n in (1, 2))
LEAVES = tuple(Node(f"leaf{n}", "leaf", n) for n in (1, 2, 3))
HOSTS = tuple(Node(f"host{n}", "host", n) for n in (1, 2, 3))
ROUTERS = SPINES + LEAVES
NODES = {node.name: node for node in ROUTERS + HOSTS}

UPLINKS = tuple(
    Link(
        End(spine.name, f"swp{leaf.number}", f"10.0.{spine.number}.{2 * leaf.number - 2}", 31),
        End(leaf.name, f"swp{spine.number}", f"10.0.{spine.number}.{2 * leaf.number - 1}", 31),
    )
    for spine in SPINES
    for leaf in LEAVES
)
ACCESS_LINKS = tuple(
    Link(
        End(leaf.name, "swp3", f"10.2.{leaf.number}.1", 24),
        End(host.name, "eth1", f"10.2.{host.number}.10", 24),
    )
    for leaf, host in zip(LEAVES, HOSTS, strict=True)
)
LINKS = UPLINKS + ACCESS_LINKS


def link(one: str, other: str) -> Link:
    """The link between two nodes. Raises LookupError."""
    for candidate in LINKS:
        if {candidate.upper.node, candidate.lower.node} == {one, other}:
            return candidate
    raise LookupError(f"no link between {one} and {other}")


def links_of(node: str) -> list[Link]:
    return [candidate for candidate in LINKS if node in (candidate.upper.node, candidate.lower.node)]


def neighbors_of(node: str) -> list[str]:
    """The routers that `node` peers with."""
    return [far.node for far in (item.far(node) for item in links_of(node)) if NODES[far.node].role != "host"]


def host_prefix(leaf: str) -> str:
    """The hosts' network behind a leaf."""
    return f"10.2.{NODES[leaf].number}.0/24"


def addressing(node: Node) -> str:
    """An `ip -batch` script: addresses, and every interface up."""
    lines = ["link set lo up"]
    for item in links_of(node.name):
        near = item.end(node.name)
        lines.append(f"address add {near.address}/{near.length} dev {near.interface}")
        lines.append(f"link set {near.interface} up")
    if node.role == "host":
        gateway = links_of(node.name)[0].far(node.name).address
        lines.append(f"route add default via {gateway}")
    else:
        lines.append(f"address add {node.loopback}/32 dev lo")
        lines.append(f"address add {node.management}/24 dev eth0")
        lines.append("link set eth0 up")
    return "\n".join(lines) + "\n"


def frr_config(node: Node, variant: Variant) -> str:
    """The router's frr.conf."""
    routing = _bgp(node) if variant == "bgp" else _ospf(node)
    return "\n".join([*_preamble(node), *_interfaces(node, variant), *routing, "end", ""])


def _preamble(node: Node) -> list[str]:
    # Second-scale BFD: several fabrics share two cores, and a late timer must not look like a lost link.
    return [
        "frr defaults datacenter",
        f"hostname {node.name}",
        "log file /var/log/frr/frr.log informational",
        "log timestamp precision 3",
        "service integrated-vtysh-config",
        "bfd",
        " profile fabric",
        "  detect-multiplier 5",
        "  transmit-interval 1000",
        "  receive-interval 1000",
        " exit",
        "exit",
    ]


def _interfaces(node: Node, variant: Variant) -> list[str]:
    lines: list[str] = []
    for item in links_of(node.name):
        near, far = item.end(node.name), item.far(node.name)
        lines += [f"interface {near.interface}", f" description {far.node} {far.interface}"]
        if variant == "ospf":
            lines += _ospf_interface(NODES[far.node])
        lines += ["exit"]
    if variant == "ospf":
        lines += ["interface lo", " ip ospf area 0", " ip ospf passive", "exit"]
    return lines


def _ospf_interface(far: Node) -> list[str]:
    if far.role == "host":
        return [" ip ospf area 0", " ip ospf passive"]
    return [
        " ip ospf area 0",
        " ip ospf network point-to-point",
        " ip ospf hello-interval 2",
        " ip ospf dead-interval 8",
        " ip ospf retransmit-interval 3",
        " ip ospf bfd",
        " ip ospf bfd profile fabric",
    ]


def _bgp(node: Node) -> list[str]:
    lines = [f"router bgp {node.asn}", f" bgp router-id {node.loopback}"]
    for name in neighbors_of(node.name):
        address = link(node.name, name).far(node.name).address
        lines += [
            f" neighbor {address} remote-as {NODES[name].asn}",
            f" neighbor {address} description {name}",
            f" neighbor {address} timers connect 3",
            f" neighbor {address} bfd profile fabric",
        ]
    lines += [" address-family ipv4 unicast", f"  network {node.loopback}/32"]
    if node.role == "leaf":
        lines += [f"  network {host_prefix(node.name)}"]
    return [*lines, " exit-address-family", "exit"]


def _ospf(node: Node) -> list[str]:
    return ["router ospf", f" ospf router-id {node.loopback}", " timers lsa min-arrival 100", "exit"]


def inventory(identity: str, known_hosts: str) -> str:
    """The operator's netdoctor.yaml: the routers, and the links as they are meant to be."""
    lines = [
        "defaults:",
        f"  username: {USER}",
        "  platform: linux",
        f"  identity: {identity}",
        f"  known_hosts: {known_hosts}",
        "devices:",
        *(f"  {node.name}: {{host: {node.management}, role: {node.role}}}" for node in ROUTERS),
        "links:",
        *(
            f"  - [{item.upper.node}:{item.upper.interface}, {item.lower.node}:{item.lower.interface}]"
            for item in UPLINKS
        ),
    ]
    return "\n".join(lines) + "\n"
