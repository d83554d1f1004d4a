"""Layer 2 and overlays, as a switch tells them that routes on every port."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import hardware_address

STATIC = ("0100.0ccc.cccc", "0100.0ccc.cccd", "0180.c200.0000", "ffff.ffff.ffff")


@answers("show mac address-table")
def macs(view: View) -> str:
    own = [*STATIC, hardware_address(view.device.mac)]
    return (
        "          Mac Address Table\n"
        "-------------------------------------------\n\n"
        "Vlan    Mac Address       Type        Ports\n"
        "----    -----------       --------    -----\n"
        + "".join(f" All    {mac}    STATIC      CPU\n" for mac in own)
        + f"Total Mac Addresses for this criterion: {len(own)}\n"
    )


@answers("show spanning-tree", "show spanning-tree detail")
def spanning_tree(view: View) -> str:
    return "\nNo spanning tree instance exists.\n\n"


@answers("show spanning-tree inconsistentports")
def inconsistent_ports(view: View) -> str:
    return (
        "\nName                 Interface                      Inconsistency\n"
        "-------------------- ------------------------------ ------------------\n"
        "\nNumber of inconsistent ports (segments) in the system : 0\n\n"
    )


@answers("show etherchannel summary")
def port_channels(view: View) -> str:
    return (
        "Flags:  D - down        P - bundled in port-channel\n"
        "        I - stand-alone s - suspended\n"
        "        H - Hot-standby (LACP only)\n"
        "        R - Layer3      S - Layer2\n"
        "        U - in use      f - failed to allocate aggregator\n\n"
        "        M - not in use, minimum links not met\n"
        "        u - unsuitable for bundling\n"
        "        w - waiting to be aggregated\n"
        "        d - default port\n\n"
        "        A - formed by Auto LAG\n\n\n"
        "Number of channel-groups in use: 0\n"
        "Number of aggregators:           0\n\n"
        "Group  Port-channel  Protocol    Ports\n"
        "------+-------------+-----------+-----------------------------------------------\n\n"
    )


@answers("show lacp neighbor")
def lacp(view: View) -> str:
    return (
        "Flags:  S - Device is requesting Slow LACPDUs \n"
        "        F - Device is requesting Fast LACPDUs\n"
        "        A - Device is in Active mode       P - Device is in Passive mode     \n"
    )


@answers("show nve peers")
def nve_peers(view: View) -> str:
    return (
        "'M' - MAC entry download flag  'A' - Adjacency download flag\n"
        "'4' - IPv4 flag  '6' - IPv6 flag\n\n"
        "Interface  VNI      Type Peer-IP          RMAC/Num_RTs   eVNI     state flags UP time\n"
    )


@answers("show nve vni")
def nve_vnis(view: View) -> str:
    return "Interface  VNI        Multicast-group VNI state  Mode  VLAN  cfg vrf                      \n"
