"""BGP sessions between two ends: what is configured, what stands in the way, and the state that follows."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from netdoctor.lab.hardware import Device, Event, Port

if TYPE_CHECKING:
    from netdoctor.lab.routes import Path

RETRY_S = 45.0
"""From the loss of a session to its return, when nothing stands in the way."""

Trouble = Literal[
    "link", "wire", "daemon", "absent", "shutdown", "limit", "filter", "digest", "distance", "peer_as"
]
"""`wire`: the two ends' ports are up and not connected with each other."""

NOTIFICATIONS: dict[Trouble, tuple[int, int]] = {
    "shutdown": (6, 2),
    "limit": (6, 1),
    "digest": (6, 6),  # the end that was reconfigured resets the session
    "distance": (6, 6),
    "absent": (6, 3),
    "peer_as": (2, 2),
    "filter": (4, 0),
}
"""What ends a session, as NOTIFICATION code and subcode (RFC 4271 §4.5, RFC 4486)."""

HOLD_TIMER = (4, 0)
DETECTION_TIME_EXPIRED = 1
"""A BFD diagnostic, RFC 5880 §4.1."""


@dataclass(frozen=True)
class Policy:
    """A route map over prefix lists: what is inside one of `permits` passes."""

    name: str
    permits: tuple[str, ...]

    def allows(self, prefix: str) -> bool:
        return any(_inside(prefix, wide) for wide in self.permits)


@cache
def _inside(prefix: str, wide: str) -> bool:
    return ipaddress.IPv4Network(prefix).subnet_of(ipaddress.IPv4Network(wide))


@dataclass(frozen=True)
class Reset:
    """How a session was lost, as one end tells it. `sent` is None when no NOTIFICATION was exchanged."""

    at: float
    trouble: Trouble | Literal["hold_timer"]
    code: int | None = None
    subcode: int | None = None
    sent: bool | None = None


@dataclass(eq=False)
class Neighbor:
    """One end of a session: its configuration, and its state."""

    device: Device = field(repr=False)
    port: Port
    local_address: str
    peer_address: str
    remote_as: int
    import_policy: Policy
    export_policy: Policy
    description: str = ""
    password: str | None = None
    shutdown: bool = False
    configured: bool = True
    prefix_limit: int | None = None
    hold_time_s: float = 180.0
    keepalive_s: float = 60.0
    gtsm_hops: int | None = None
    bfd: bool = True
    state: str = "idle"
    since: float = 0.0
    """When the session came up, or was lost."""
    established_transitions_count: int = 0
    last_reset: Reset | None = None
    limit_exceeded: bool = False
    received: dict[str, Path] = field(default_factory=dict)
    accepted: dict[str, Path] = field(default_factory=dict)
    bfd_up: bool = False
    bfd_since: float = 0.0
    bfd_diagnostic: int = 0
    """RFC 5880 §4.1."""

    @property
    def established(self) -> bool:
        return self.state == "established"


class Obstacle(NamedTuple):
    """What keeps a session down, and the end whose doing it is."""

    trouble: Trouble
    at: Neighbor


@dataclass(eq=False)
class Session:
    """Two ends that are meant to speak with each other."""

    ends: tuple[Neighbor, Neighbor]
    phase_s: float = 0.0
    """No two sessions' timers run in step."""
    retry_at: float = 0.0
    """Not before this time a lost session returns."""

    @property
    def established(self) -> bool:
        return self.ends[0].established

    def far(self, end: Neighbor) -> Neighbor:
        return self.ends[1] if end is self.ends[0] else self.ends[0]

    def obstacle(self) -> Obstacle | None:
        """The first thing in the way, in the order in which two routers would meet it."""
        if not all(end.port.oper_up for end in self.ends):
            return Obstacle("link", self.ends[0])
        if self.ends[0].port.far is not self.ends[1].port:
            return Obstacle("wire", self.ends[0])
        return next((found for end in self.ends if (found := self._of_end(end))), None)

    def _of_end(self, end: Neighbor) -> Obstacle | None:
        far = self.far(end)
        tests: Iterator[tuple[Trouble, bool]] = iter(
            [
                ("daemon", not end.device.bgp_running),
                ("absent", not end.configured),
                ("shutdown", end.shutdown),
                ("limit", end.limit_exceeded),
                ("filter", any(rule.source == end.peer_address for rule in end.device.filters)),
                ("digest", end.password != far.password and end.password is not None),
                ("distance", end.gtsm_hops is not None and far.gtsm_hops is None),
                ("peer_as", end.remote_as != far.device.asn),
            ]
        )
        return next((Obstacle(trouble, end) for trouble, holds in tests if holds), None)

    def settle(self, at: float) -> bool:
        """Brings the session to the state that its surroundings allow. True when that was a change."""
        obstacle = self.obstacle()
        if obstacle is None and not self.established and at >= self.retry_at:
            self._establish(at)
            return True
        if obstacle is not None and self.established:
            self._lose(obstacle, at)
            return True
        return False

    def expire(self, at: float) -> None:
        """The hold timers run out: a starved end sent nothing for too long."""
        late = next(end for end in self.ends if end.device.starved)
        for end in self.ends:
            self._fall(end, Reset(at, "hold_timer", *HOLD_TIMER, sent=end is not late))
        self.retry_at = at + RETRY_S

    def _establish(self, at: float) -> None:
        for end in self.ends:
            end.state, end.since = "established", at
            end.established_transitions_count += 1
            end.device.log(Event(at, "bgp_up", neighbor=end))

    def _lose(self, obstacle: Obstacle, at: float) -> None:
        code, subcode = NOTIFICATIONS.get(obstacle.trouble, (None, None))
        for end in self.ends:
            # Behind a filter neither end hears the other, its NOTIFICATION included.
            sent = None if code is None else obstacle.trouble == "filter" or end is obstacle.at
            self._fall(end, Reset(at, obstacle.trouble, code, subcode, sent))
        if obstacle.trouble in ("shutdown", "limit", "absent"):
            obstacle.at.state = "idle"

    def _fall(self, end: Neighbor, reset: Reset) -> None:
        end.state, end.since, end.last_reset = "active", reset.at, reset
        end.received, end.accepted = {}, {}
        end.device.log(Event(reset.at, "bgp_down", neighbor=end, reset=reset))


CONNECTS_PER_S = 0.2
"""How often two ends that cannot meet try again, retransmissions included."""


def refused_segments(session: Session) -> Iterator[tuple[Device, str]]:
    """Which ends' TCP refuses what the other sends, by the counter that shows it."""
    trouble = session.obstacle()
    if trouble is None:
        return
    end, far = trouble.at, session.far(trouble.at)
    if trouble.trouble == "digest":
        yield end.device, "md5_not_found" if far.password is None else "md5_unexpected"
        yield far.device, "md5_unexpected"
    elif trouble.trouble == "distance":
        yield end.device, "min_ttl_drop"


def settle_bfd(session: Session, at: float) -> None:
    """BFD follows the wire, whatever BGP makes of the session above it."""
    up = all(end.port.oper_up and end.bfd and end.configured for end in session.ends)
    up = up and session.ends[0].port.far is session.ends[1].port
    for end in session.ends:
        if up == end.bfd_up:
            continue
        end.bfd_up, end.bfd_since = up, at
        end.bfd_diagnostic = 0 if up else DETECTION_TIME_EXPIRED
        if end.bfd:
            end.device.log(Event(at, "bfd_up" if up else "bfd_down", neighbor=end))
