"""Facts: what devices say, in common words. The table of types is the module contents themselves."""

from __future__ import annotations

from typing import Any, Union

import msgspec

from netdoctor.model.facts import bridging, derived, interface, routing, services, system
from netdoctor.model.facts.base import Fact
from netdoctor.model.facts.bridging import (
    EthernetSegment,
    EvpnInstance,
    MacEntry,
    MlagDomain,
    StpInstance,
    StpPort,
    VlanMember,
    Vni,
    Vtep,
)
from netdoctor.model.facts.derived import (
    BgpDeviceSummary,
    BgpExchange,
    BgpPeering,
    DropDelta,
    FecDelta,
    InterfaceDelta,
    InterfaceFlaps,
    IsisLink,
    Link,
    OriginatedPrefix,
    OspfLink,
    QueueDelta,
    Reachability,
)
from netdoctor.model.facts.interface import (
    FecCounters,
    Interface,
    LagMember,
    LldpNeighbor,
    OpticLane,
    PfcCounters,
    QueueCounters,
    Transceiver,
)
from netdoctor.model.facts.routing import (
    BfdSession,
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    Neighbor,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
    Route,
    RoutingProcess,
)
from netdoctor.model.facts.services import DhcpRelay, LoadBalancerBackend
from netdoctor.model.facts.system import (
    Clock,
    ConfigChange,
    CpuMemory,
    DeviceInfo,
    DropCounter,
    LogEvent,
    NtpPeer,
    Sensor,
    TableUse,
    TcpConnection,
)

FACT_TYPES: dict[str, type[Fact]] = {
    name: value
    for module in (interface, bridging, routing, services, system, derived)
    for name, value in sorted(vars(module).items())
    if isinstance(value, type) and issubclass(value, Fact) and value is not Fact and not name.startswith("_")
}
"""Every fact type by its name, the `type` tag of its JSON form."""

AnyFact: Any = Union[tuple(FACT_TYPES.values())]  # noqa: UP007 - a union of types found at run time
"""The tagged union of them all, for msgspec."""


def to_builtins(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON values, its `type` first, absent fields left out."""
    plain: dict[str, Any] = msgspec.to_builtins(fact)
    return plain


__all__ = [
    "FACT_TYPES",
    "AnyFact",
    "BfdSession",
    "BgpAfi",
    "BgpDeviceSummary",
    "BgpExchange",
    "BgpInstance",
    "BgpPeering",
    "BgpRoute",
    "BgpSession",
    "Clock",
    "ConfigChange",
    "CpuMemory",
    "DeviceInfo",
    "DhcpRelay",
    "DropCounter",
    "DropDelta",
    "EthernetSegment",
    "EvpnInstance",
    "Fact",
    "FecCounters",
    "FecDelta",
    "Interface",
    "InterfaceDelta",
    "InterfaceFlaps",
    "IsisAdjacency",
    "IsisInstance",
    "IsisInterface",
    "IsisLink",
    "LagMember",
    "Link",
    "LldpNeighbor",
    "LoadBalancerBackend",
    "LogEvent",
    "MacEntry",
    "MlagDomain",
    "Neighbor",
    "NtpPeer",
    "OpticLane",
    "OriginatedPrefix",
    "OspfInstance",
    "OspfInterface",
    "OspfLink",
    "OspfNeighbor",
    "PfcCounters",
    "QueueCounters",
    "QueueDelta",
    "Reachability",
    "Route",
    "RoutingProcess",
    "Sensor",
    "StpInstance",
    "StpPort",
    "TableUse",
    "TcpConnection",
    "Transceiver",
    "VlanMember",
    "Vni",
    "Vtep",
    "to_builtins",
]
