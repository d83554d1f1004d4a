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


_NO_BALANCER = "forwards packets, and balances no services"
WHY_EMPTY: Final[Mapping[str, Mapping[str, str]]] = {
    "fec": {
        "cisco_nxos": "the mode is read with the interface; its counters stand in hardware-internal commands",
        "cisco_xe": "the mode is read with the interface; its counters stand in hardware-internal commands",
        "nokia_sros": "the mode is read with the port; no public output of its counters",
    },
    "mlag": {
        "cisco_xe": "has none: StackWise Virtual makes one device of two",
        "juniper_junos": "no parser yet for MC-LAG (show interfaces mc-ae)",
        "nokia_srl": "has none: links to two devices are EVPN segments, under overlay",
        "nokia_sros": "no parser yet for MC-LAG (show redundancy multi-chassis)",
    },
    "stp": {
        "linux": "no parser yet for the kernel's bridge ports (bridge link)",
        "nokia_srl": "takes no part in spanning trees",
    },
    "vlans": {
        "cisco_nxos": "no parser yet for show vlan",
        "cisco_xr": "has no VLANs but those of subinterfaces",
    },
    "dhcp_relay": {"linux": "the kernel relays nothing, and relay programs have no status command"},
    "load_balancers": {
        "arista_eos": _NO_BALANCER,
        "cisco_nxos": "no parser yet for Intelligent Traffic Director (show itd)",
        "cisco_xe": "no parser yet for server load balancing (show ip slb), which few releases have",
        "cisco_xr": _NO_BALANCER,
        "juniper_junos": "no parser yet for traffic load balancers of service cards",
        "nokia_srl": _NO_BALANCER,
        "nokia_sros": "no parser yet for NAT pools and application groups of service cards",
        "sonic": _NO_BALANCER,
    },
}
"""Why a cell is empty."""


class Cell(msgspec.Struct, frozen=True):
    """One platform in one field."""

    platform: str
    field: str
    read: bool
    """True when a command of the platform gives such facts."""
    outputs_count: int
    """Real outputs in which such facts were found."""

    @property
    def why_empty(self) -> str | None:
        """Why nothing is read."""
        return None if self.read else WHY_EMPTY.get(self.field, {}).get(self.platform, "no parser yet")

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
