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
Form = tuple[str, str, list[dict[str, Any]]]


def assert_read(command: str, output: str, expected: list[dict[str, Any]]) -> None:
    """Each expected fact is one that the answer gives, and no line is left over."""
    said = textwrap.dedent(output)
    found = pasted.reader_of(XR, command, said)
    assert found is not None
    reader, arguments = found

    facts, notes = understand(reader.parse, pasted.answer(said, command), arguments)

    told = [json.decode(json.encode(fact)) for fact in facts]
    missing = [one for one in expected if not any(one.items() <= fact.items() for fact in told)]
    assert not missing, told
    assert not notes


FORMS: list[Form] = [
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
        "admin show platform",
        """
        Location  Card Type               HW State      SW State      Config State
        ----------------------------------------------------------------------------
        0/0       EX-36X100G              OPERATIONAL   SW_INACTIVE   NSHUT
        0/FT0     EX-FAN                  OPERATIONAL   N/A           NSHUT
        """,
        [{"name": "0/0", "state": "warning"}, {"name": "0/FT0", "state": "ok"}],
    ),
    (
        "show platform vm",
        """
        Node name       Node type       Partner name    SW status       IP address
        --------------- --------------- --------------- --------------- ---------------
        0/RP0/CPU0      RP (ACTIVE)     0/RP1/CPU0      FINAL Band      192.0.2.4
        """,
        [{"name": "0/RP0/CPU0", "state": "ok"}],
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
    assert_read(command, output, expected)
