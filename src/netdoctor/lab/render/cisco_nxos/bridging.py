"""Layer 2, bundles and overlays, as a router tells them that has none."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import document

LEGEND = (
    "Legend: \n\t* - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC\n"
    "\tage - seconds since last seen,+ - primary entry using vPC Peer-Link,\n"
    "\t(T) - True, (F) - False, C - ControlPlane MAC, ~ - vsan"
)


@answers("show mac address-table | json")
def macs(view: View) -> str:
    return document({"header": [LEGEND, "VLAN     MAC Address   Type      age     Secure NTFY Ports"]})


@answers("show spanning-tree detail")
def spanning_tree(view: View) -> str:
    return "No spanning tree instance exists.\n"


@answers("show port-channel summary | json", "show nve peers | json", "show nve vni | json")
def nothing(view: View) -> str:
    return ""


@answers("show lacp neighbor", "show lacp neighbor interface {interface}")
def lacp(view: View, interface: str | None = None) -> str:
    return (
        "Flags:  S - Device is sending Slow LACPDUs F - Device is sending Fast LACPDUs\n"
        "        A - Device is in Active mode       P - Device is in Passive mode\n"
        "No LACP neighbors present\n"
    )


@answers("show vpc | json")
def vpc(view: View) -> str:
    return document(
        {
            "vpc-domain-id": "not configured",
            "vpc-peer-status": "peer link not configured",
            "vpc-peer-keepalive-status": "Disabled",
            "vpc-role": "none established",
            "num-of-vpcs": "0",
        }
    )


@answers("show ip dhcp relay", "show ip dhcp relay statistics")
def dhcp(view: View) -> str:
    return "DHCP relay service is disabled\nInsertion of option 82 is disabled\n"
