"""What a device does for hosts: DHCP relay and load balancing."""

from __future__ import annotations

from typing import ClassVar, Literal

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact
from netdoctor.model.facts.interface import _OnInterface


class DhcpRelay(_OnInterface, frozen=True, kw_only=True):
    """DHCP relay on one interface (RFC 1542, RFC 3046). Counters are totals since boot."""

    KEY: ClassVar[tuple[str, ...]] = ("interface",)
    servers: tuple[str, ...] | None = None
    enabled: bool | None = None
    requests_count: int | None = None
    replies_count: int | None = None
    dropped_count: int | None = None


class LoadBalancerBackend(Fact, frozen=True, kw_only=True):
    """One server behind one virtual address of a load balancer."""

    KEY: ClassVar[tuple[str, ...]] = ("service", "backend")
    service: str
    """`192.0.2.80:443`, or the service's name."""
    backend: str
    """The same of the server."""
    state: Literal["up", "down", "drained", "unchecked"] | None = None
    reason: str | None = None
    weight: int | None = None
    active_connections_count: int | None = None

    def entity(self, device: str) -> str:
        return entities.service("lb", self.service)
