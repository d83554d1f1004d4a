"""Forms that IOS-XR's answers have on other cards, releases and in older manuals."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from msgspec import json

from netdoctor import platforms
from netdoctor.platforms import pasted
from netdoctor.platforms.base import understand

XR = platforms.get("cisco_xr")

FORMS: list[tuple[str, str, list[dict[str, Any]]]] = [
    (
        "admin show environment fan",
        """
                                Fan speed (rpm)
        Location   FRU Type           FAN_0   FAN_1   FAN_2   FAN_3   FAN_4   FAN_5
                                          FAN_6   FAN_7
        -------------------------------------------------------------------------------
        0/FT0      NC55-5508-FAN       6100    3800    6200    3850    0       3857
                                           6420    4029
        """,
        [
            {"name": "0/FT0 FAN_0", "value": 6100.0, "state": "ok"},
            {"name": "0/FT0 FAN_4", "value": 0.0, "state": "failed"},
            {"name": "0/FT0 FAN_7", "value": 4029.0, "state": "ok"},
        ],
    ),
    (
        "show controllers all phy",
        """
        Operational data for interface HundredGigE0/0/0/3:

        State:
            Administrative state: enabled
            Operational state: Down (Reason: Link loss or low light, no loopback)

        Phy:
            Media type: Active optical cable
            Optics:
                Vendor: EXAMPLE
                Serial number: EX0001
            Digital Optical Monitoring:
                Transceiver Temp: 29.500 C
                Lane  (nm)    (dBm)    (mW)     (dBm)     (mW)      (mA)
                --   -----   ------   ------    ------   ------    ------
                01     n/a     0.4   1.0847     -1.5   0.7066     6.066
                02     n/a     0.5   1.1314    -40.0   0.0001     5.854
        """,
        [
            {"interface": "HundredGigE0/0/0/3", "oper_reason": "Link loss or low light, no loopback"},
            {"lane": 1, "input_power_dbm": -1.5},
            {"lane": 2, "input_power_dbm": -40.0, "bias_current_ma": 5.854},
        ],
    ),
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
        "show platform",
        """
        Node              Type                     State                      Config state
        ----------------------------------------------------------------------------------
        0/RP0/CPU0        8800-RP(Active)          IOS XR RUN                 NSHUT
        0/1/CPU0          UNKNOWN                  CARD FAILED                NSHUT
        0/2/CPU0          UNKNOWN                  FPD UPGRADE                NSHUT
        0/3/CPU0          88-LC                    WDOG STAGE1 TIMEOUT        NSHUT
        0/PT0             EX-TRAY                  N/A                        NSHUT
        """,
        [
            {"type": "Sensor", "name": "0/PT0", "kind": "module"},
            {"name": "0/RP0/CPU0", "state": "ok"},
            {"name": "0/1/CPU0", "state": "failed"},
            {"name": "0/2/CPU0", "state": "warning"},
            {"name": "0/3/CPU0", "state": "failed"},
        ],
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
        "show bundle",
        """
        Bundle-Ether 2
        Status: Up
        Port Device State Port ID B/W, kbps
        -------------------- --------------- ----------- -------------- ----------
        Gi0/0/0/1 Local Active 0x8001, 0x9001 1000000
        Link is Active
        Gi0/0/0/2 Local Negotiating 0x8001, 0x9001 1000000
        Gi0/0/0/3 Local Configured 0x8001, 0x9001 1000000
        Link is down
        Gi0/0/0/1 192.0.2.2 Standby 0x8002, 0xa001 1000000
        """,
        [
            {"interface": "Bundle-Ether2", "oper_up": True},
            {"interface": "GigabitEthernet0/0/0/1", "lag": "Bundle-Ether2", "state": "bundled"},
            {"interface": "GigabitEthernet0/0/0/2", "state": "suspended"},
            {"interface": "GigabitEthernet0/0/0/3", "state": "down", "reason": "Link is down"},
        ],
    ),
    (
        "show lacp",
        """
        Bundle-Ether13 (ICCP Group 13)

          Port          (rate)  State    Port ID       Key    System ID
          --------------------  -------- ------------- ------ ------------------------
        Local
          Te0/1/0/6        30s  ascdAF-- 0x8002,0xa001 0x000d 0x0001,02-00-5e-00-53-01
           Partner          1s  ascdA--- 0x8000,0x0003 0x000d 0x8000,02-00-5e-00-53-02
        """,
        [{"lag": "Bundle-Ether13", "interface": "TenGigE0/1/0/6", "partner_system": "02:00:5e:00:53:02"}],
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
        "show spanning-tree mstag A",
        """
        Bundle-Ether10.0
          Bridge ID:       0200.5e00.5301
          Active:          yes
          BPDUs sent:      39921
            MSTI 0 (CIST):
            Role:             Designated
            Cost:             0
          MSTI 1
            Topology Changes: 51
        """,
        [
            {"instance": "MST0", "role": "designated", "state": "forwarding", "bpdus_sent_count": 39921},
            {"instance": "MST1", "topology_changes_count": 51},
        ],
    ),
    (
        "show access-lists ethernet-services",
        """
        ethernet-services access-list edge
         20 deny host 0200.5e00.5301 any (7 hw matches)
        """,
        [{"name": "edge 20 deny host 0200.5e00.5301 any", "dropped_pkts": 7}],
    ),
    (
        "admin show environment fans",
        """
        Fan speed (rpm):
                FAN0  FAN1
        0/FT0/*
                        7020    7020
        0/FT1/*
                        7020    0
        """,
        [{"name": "0/FT0 FAN_1", "state": "ok"}, {"name": "0/FT1 FAN_1", "state": "failed"}],
    ),
    (
        "show environment voltages",
        """
        Location  VOLTAGE                     Value   Crit Minor Minor  Crit
                  Sensor                      (mV)    (Lo) (Lo)  (Hi)   (Hi)
        --------------------------------------------------------------------------------
        0/RP0/CPU0
                  12V SYS                      12004  10800 11040 12960  13200
        """,
        [{"name": "0/RP0/CPU0 12V SYS", "value": 12.004, "high_alarm": 13.2}],
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
        "show cdp neighbors",
        """
        Device ID       Local Intrfce    Holdtme Capability Platform  Port ID
        long-name-of-a-router.example.net
                        Hu0/0/1/0        120     R          ASR9K Ser Hu0/0/0/5
        sw1             Te0/0/0/1        137     R S I      N9K-C9500 Eth1/1
        """,
        [
            {"neighbor_device": "long-name-of-a-router.example.net", "interface": "HundredGigE0/0/1/0"},
            {"neighbor_device": "sw1", "neighbor_interface": "Eth1/1"},
        ],
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
        "show inventory",
        """
        NAME: "module mau GigabitEthernet0/0/0/0", DESCR: "SFP Module"
        PID: SFP-GE-S, VID: V01, SN: EX0001

        NAME: "Optics0/0/0/1", DESCR: "QSFP28 100G LR4 Pluggable Optics Module"
        PID: EX-100G-LR4, VID: A0, SN: EX0002
        """,
        [
            {"interface": "GigabitEthernet0/0/0/0", "part_number": "SFP-GE-S"},
            {"interface": "Optics0/0/0/1", "serial": "EX0002"},
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
    (
        "show version",
        """
        Cisco IOS XR Software, Version 7.9.2 LNT

        cisco 8000 (Example(R) CPU)
        cisco 8202-32FH-M (Example(R) CPU) processor with 64GB of memory
        pe1 uptime is 1 week, 1 day
        """,
        [{"model": "8202-32FH-M", "os_version": "7.9.2", "hostname": "pe1", "uptime_s": 691200.0}],
    ),
]


@pytest.mark.parametrize(("command", "output", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_of_an_answer_is_read(command: str, output: str, expected: list[dict[str, Any]]) -> None:
    said = textwrap.dedent(output)
    found = pasted.reader_of(XR, command, said)
    assert found is not None
    reader, arguments = found

    facts, notes = understand(reader.parse, pasted.answer(said, command), arguments)

    told = [json.decode(json.encode(fact)) for fact in facts]
    missing = [one for one in expected if not any(one.items() <= fact.items() for fact in told)]
    assert not missing, told
    assert not notes
