"""What each platform is read for, and on how many real outputs that was tried.

The numbers stand in `coverage.json`, which the test over the corpus of real outputs holds true.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from netdoctor import platforms
from netdoctor.model import facts
from netdoctor.model.facts import Fact

FIELDS: Final[Mapping[str, tuple[type[Fact], ...]]] = {
    "version": (facts.DeviceInfo,),
    "interfaces": (facts.Interface,),
    "optics": (facts.OpticLane, facts.Transceiver),
    "fec": (facts.FecCounters,),
    "queues": (facts.QueueCounters, facts.PfcCounters),
    "bgp": (facts.BgpSession, facts.BgpAfi),
    "lldp": (facts.LldpNeighbor,),
    "lag": (facts.LagMember,),
    "mlag": (facts.MlagDomain,),
    "bfd": (facts.BfdSession,),
    "ospf": (facts.OspfNeighbor, facts.OspfInterface, facts.OspfInstance),
    "isis": (facts.IsisAdjacency, facts.IsisInterface, facts.IsisInstance),
    "environment": (facts.Sensor,),
    "cpu_memory": (facts.CpuMemory,),
    "logs": (facts.LogEvent,),
    "arp_nd": (facts.Neighbor,),
    "mac": (facts.MacEntry,),
    "ntp": (facts.NtpPeer, facts.Clock),
    "routes": (facts.Route, facts.BgpRoute),
    "drops": (facts.DropCounter,),
    "tables": (facts.TableUse,),
    "stp": (facts.StpPort, facts.StpInstance),
    "vlans": (facts.VlanMember,),
    "overlay": (facts.Vtep, facts.Vni, facts.EvpnInstance, facts.EthernetSegment),
    "changes": (facts.ConfigChange,),
    "dhcp_relay": (facts.DhcpRelay,),
    "load_balancers": (facts.LoadBalancerBackend,),
}
"""The columns of the matrix, and the facts that fill each."""


class Cell(msgspec.Struct, frozen=True):
    """One platform in one field."""

    platform: str
    field: str
    read: bool
    """True when a command of the platform gives such facts."""
    outputs_count: int
    """Real outputs in which such facts were found."""

    @property
    def unproven(self) -> bool:
        """True when it is read, and no real output could be tried."""
        return self.read and not self.outputs_count


def fields_of(types: Iterable[type[Fact]]) -> set[str]:
    """The fields that facts of these types fill."""
    wanted = set(types)
    return {name for name, known in FIELDS.items() if wanted & set(known)}


def matrix() -> dict[str, dict[str, Cell]]:
    """Every platform's cells, by platform and field."""
    return {name: {field: _cell(name, field) for field in FIELDS} for name in platforms.names()}


def _cell(platform: str, field: str) -> Cell:
    commands = platforms.get(platform).commands
    read = any(field in fields_of(command.gives) for command in commands)
    return Cell(platform, field, read, _counts().get(platform, {}).get(field, 0))


@cache
def _counts() -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = json.loads(files(__package__).joinpath("coverage.json").read_text())
    return counts
