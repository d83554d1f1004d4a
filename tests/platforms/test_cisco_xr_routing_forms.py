"""Forms that IOS-XR's answers about routing have in other releases, on other cards and in older manuals."""

from __future__ import annotations

from typing import Any

import pytest

from .test_cisco_xr_forms import Form, assert_read

FORMS: list[Form] = [
    (
        "show route",
        """
        Gateway of last resort is not set

        O    192.0.2.1/32 [110/0] via 198.51.100.9, 04:43:27, GigabitEthernet0/0/0/0 (!)
                        [110/9164] via 198.51.100.34, 04:43:27, GigabitEthernet0/0/0/3
        L    2001:db8:2::1/128 is directly connected,
              6d22h, Loopback0
        """,
        [
            {
                "prefix": "192.0.2.1/32",
                "metric": 9164,
                "next_hops": ["198.51.100.34"],
                "out_interfaces": ["GigabitEthernet0/0/0/3"],
            },
            {"prefix": "2001:db8:2::1/128", "out_interfaces": ["Loopback0"], "age_s": 597600.0},
        ],
    ),
    (
        "show route 192.0.2.1",
        """
        Routing entry for 192.0.2.1/32
          Known via "isis CORE", distance 115, metric 10, labeled SR
          Installed Aug 15 14:51:07.021 for 47w0d
          Routing Descriptor Blocks
            198.51.100.6, from 192.0.2.1, via Bundle-Ether4, Protected
              Route metric is 10
            198.51.100.9, from 192.0.2.1, via Bundle-Ether5, Backup (Local-LFA)
              Route metric is 20
          No advertising protos.
        """,
        [{"next_hops": ["198.51.100.6"], "out_interfaces": ["Bundle-Ether4"]}],
    ),
    (
        "show evpn evi detail",
        """
        EVI        Bridge Domain                Type
        ---------- ---------------------------- -------
        145        core1                        PBB
        RD Auto  : (auto) 192.0.2.100:145
        Route Targets in Use           Type
        ------------------------------ -------
        100:145                        Import
        100:145                        Export
        """,
        [{"name": "145", "route_distinguisher": "192.0.2.100:145", "import_targets": ["100:145"]}],
    ),
    (
        "show ospf neighbor",
        """
        Neighbor ID     Pri  State         Dead Time  Address           Interface
        192.0.2.137     1    FULL/DR       0:00:31    198.51.100.37     GigabitEthernet 0/3/0/2
          Neighbor is up for 18:45:22
        """,
        [{"interface": "GigabitEthernet0/3/0/2", "adjacency_state": "full", "up_for_s": 67522.0}],
    ),
    (
        "show bgp vrf all neighbors 198.51.100.1 advertised-routes",
        """
        VRF: OTHER
        ----------
        % Neighbor not found

        VRF: RED
        --------
        Network            Next Hop        From            AS Path
        Route Distinguisher: 64500:1 (default for vrf RED)
        203.0.113.0/24     198.51.100.9    192.0.2.1       64501 64502?
        2001:db8:192:3:1::13/128
                              198.51.100.9    Local           i
        """,
        [
            {"vrf": "RED", "prefix": "203.0.113.0/24", "as_path": "64501 64502", "locally_originated": False},
            {"vrf": "RED", "prefix": "2001:db8:192:3:1::13/128", "locally_originated": True},
        ],
    ),
    (
        "show arp",
        """
        Protocol  Address          Age (min)  Hardware Addr   Type   Interface
        Internet  192.0.2.5                -   0200.5e00.5301  ARPA   GigabitEthernet0/0/0/1
        Internet  192.0.2.6                3   0200.5e00.5302  ARPA   GigabitEthernet0/0/0/1
        Internet  192.0.2.7                0   Incomplete      ARPA
        """,
        [
            {"address": "192.0.2.5", "state": "permanent"},
            {"address": "192.0.2.6", "mac": "02:00:5e:00:53:02", "age_s": 180.0},
            {"address": "192.0.2.7", "state": "incomplete"},
        ],
    ),
    (
        "show ospf interface brief",
        """
        * Indicates MADJ interface, (P) Indicates fast detect hold down state

        Interface          PID   Area            IP Address/Mask    Cost  State Nbrs F/C
        Te0/0/0/2(P)       1     0               192.0.2.1/31       1     P2P   0/1
        """,
        [{"interface": "TenGigE0/0/0/2", "adjacent_count": 0, "neighbors_count": 1}],
    ),
    (
        "show ospf interface GigabitEthernet0/0/0/1",
        """
        GigabitEthernet0/0/0/1 is up, line protocol is up
          Internet Address 192.0.2.2/24, Area 0
          Process ID 1, Router ID 198.51.100.2, Network Type BROADCAST, Cost: 1
          Keychain-based authentication enabled
            Key id used is 1
        """,
        [{"interface": "GigabitEthernet0/0/0/1", "auth_type": "keychain"}],
    ),
    (
        "show isis neighbors detail",
        """
        IS-IS core neighbors:
        System Id      Interface        SNPA           State Holdtime Type IETF-NSF
        pe2            Te0/0/0/1        *PtoP*         Up    20       L2   Capable
          Area Address(es): 49.0002
          IPv4 Address(es): 192.0.2.3*
          Uptime: 00:10:03
        """,
        [{"neighbor": "pe2", "area": "49.0002", "addresses": ["192.0.2.3"], "up_for_s": 603.0}],
    ),
    (
        "show bgp neighbors",
        """
        BGP neighbor is 192.0.2.6, vrf RED
         Remote AS 64512, local AS 64500, external link
          BGP state = Established, up for 00:11:02
          Neighbor capabilities:            Adv         Rcvd
            Route refresh:                  Yes         Yes
            Address family IPv4 Unicast:    Yes         Yes
            Address family IPv6 Unicast:    Yes         No

         For Address Family: IPv4 Unicast
          2 accepted prefixes, 2 are bestpaths
        """,
        [
            {"afi_safi": "IPV4_UNICAST", "vrf": "RED", "negotiated": True, "prefixes_accepted_count": 2},
            {"afi_safi": "IPV6_UNICAST", "negotiated": False},
        ],
    ),
    (
        "show bgp vpnv4 unicast",
        """
        BGP router identifier 192.0.2.3, local AS number 64500

        Status codes: s suppressed, d damped, h history, * valid, > best
           Network            Next Hop            Metric LocPrf Weight Path
        Route Distinguisher: 100:1 (default for vrf RED)
        *> 198.51.100.0/30    0.0.0.0                  0         32768 ?
        Route Distinguisher: 100:2
        *>i203.0.113.0/24     192.0.2.2                0    100      0 ?

        Processed 2 prefixes, 2 paths
        """,
        [
            {"type": "BgpRoute", "vrf": "RED", "prefix": "198.51.100.0/30"},
            {"type": "BgpRoute", "prefix": "203.0.113.0/24", "next_hops": ["192.0.2.2"]},
        ],
    ),
    (
        "show arp vrf RED",
        """
        Address         Age        Hardware Addr   State      Type  Interface
        192.0.2.4       00:00:11   0200.5e00.5301  EVPN_SYNC  ARPA  BVI100
        """,
        [{"vrf": "RED", "address": "192.0.2.4", "state": "permanent"}],
    ),
]


@pytest.mark.parametrize(("command", "output", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_of_an_answer_is_read(command: str, output: str, expected: list[dict[str, Any]]) -> None:
    assert_read(command, output, expected)
