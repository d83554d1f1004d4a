"""`show interface` and its kin."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import Row, chosen, document, flapped, short, table
from netdoctor.lab.render.text import address_of, counted, hardware_address

MULTICAST_SHARE = 0.0004


@answers("show interface | json", "show interface {interface} | json")
def interfaces(view: View, interface: str | None = None) -> str:
    rows = [
        _management(p, view) if p.kind == "management" else _row(p, view) for p in chosen(view, interface)
    ]
    if interface in (None, "loopback0"):
        rows.append(_loopback(view))
    return document(table("interface", rows))


def reason(port: Port) -> str | None:
    """Why a port is down, in NX-OS's words."""
    if not port.admin_up:
        return "Administratively down"
    if port.disabled_reason:
        return f"{port.disabled_reason} errDisabled"
    if port.oper_up:
        return None
    return "Link not connected" if port.optic or port.host else "XCVR not inserted"


def _state(port: Port) -> Row:
    """A port that a protection has closed is up for the administrator."""
    why = reason(port)
    return {
        "state": "up" if port.oper_up else "down",
        **({"state_rsn_desc": why} if why else {}),
        "admin_state": "up" if port.admin_up else "down",
    }


def _common(port: Port, hardware: str) -> Row:
    address = address_of(port)
    return {
        "interface": port.name,
        **_state(port),
        "eth_hw_desc": hardware,
        "eth_hw_addr": hardware_address(port.mac),
        "eth_bia_addr": hardware_address(port.mac),
        **({"desc": port.description} if port.description else {}),
        **({"eth_ip_addr": address[0], "eth_ip_mask": address[1]} if address else {}),
        "eth_mtu": str(port.mtu_bytes),
        "eth_bw": port.speed_bps // 1000,
        "eth_dly": 10,
        "eth_reliability": "255",
        "medium": "broadcast",
    }


def _speed(port: Port) -> Row:
    words = f"{port.speed_bps // 10**9} Gb/s" if port.speed_bps > 10**9 else f"{port.speed_bps // 10**6} Mb/s"
    return {
        "eth_duplex": "full" if port.oper_up else "auto",
        "eth_speed": words if port.oper_up else "auto-speed",
    }


def _row(port: Port, view: View) -> Row:
    counts = counted(port, view)
    return {
        **_common(port, "1000/10000/25000/40000/50000/100000 Ethernet"),
        "share_state": "Dedicated",
        "eth_mode": "routed" if port.address else "access",
        **_speed(port),
        "eth_media": f"{port.speed_bps // 10**9}G",
        "eth_beacon": "off",
        "eth_autoneg": "on",
        "eth_in_flowctrl": "off",
        "eth_out_flowctrl": "off",
        "eth_mdix": "off",
        "eth_swt_monitor": "off",
        "eth_ethertype": "0x8100",
        "eth_eee_state": "n/a",
        "eth_admin_fec_state": "auto",
        "eth_oper_fec_state": port.fec_mode or "off",
        "eth_link_flapped": flapped(view.at - port.last_change_at) if port.last_change_at else "never",
        "eth_clear_counters": "never",
        "eth_reset_cntr": port.carrier_transitions_count,
        "eth_load_interval1_rx": 30,
        "eth_inrate1_bits": str(int(port.in_bps)),
        "eth_inrate1_pkts": str(int(port.meters["in_pkts"].rate_per_s)),
        "eth_load_interval1_tx": "30",
        "eth_outrate1_bits": str(int(port.out_bps)),
        "eth_outrate1_pkts": str(int(port.meters["out_pkts"].rate_per_s)),
        **_traffic(counts, "in"),
        **_input_errors(counts),
        **_traffic(counts, "out"),
        **_output_errors(counts),
    }


def _traffic(counts: dict[str, int], way: str) -> Row:
    packets = counts[f"{way}_pkts"]
    multicast = int(packets * MULTICAST_SHARE)
    return {
        f"eth_{way}ucast": packets - multicast,
        f"eth_{way}mcast": multicast,
        f"eth_{way}bcast": 0,
        f"eth_{way}pkts": packets,
        f"eth_{way}bytes": counts[f"{way}_octets"],
    }


def _input_errors(counts: dict[str, int]) -> Row:
    zero = (
        "eth_jumbo_inpkts",
        "eth_storm_supp",
        "eth_runts",
        "eth_nobuf",
        "eth_frame",
        "eth_overrun",
        "eth_underrun",
        "eth_ignored",
        "eth_watchdog",
        "eth_bad_eth",
        "eth_bad_proto",
        "eth_in_ifdown_drops",
        "eth_dribble",
        "eth_inpause",
        "eth_stomped_crc",
    )
    return {
        "eth_giants": counts["in_giants"],
        "eth_crc": str(counts["in_fcs_errors"]),
        "eth_inerr": str(counts["in_fcs_errors"] + counts["in_giants"]),
        "eth_indiscard": str(counts["in_discards"]),
        **dict.fromkeys(zero, "0"),
    }


def _output_errors(counts: dict[str, int]) -> Row:
    zero = (
        "eth_jumbo_outpkts",
        "eth_outerr",
        "eth_coll",
        "eth_deferred",
        "eth_latecoll",
        "eth_lostcarrier",
        "eth_nocarrier",
        "eth_babbles",
        "eth_outpause",
    )
    return {"eth_outdiscard": str(counts["out_discards"]), **dict.fromkeys(zero, "0")}


def _management(port: Port, view: View) -> Row:
    counts = counted(port, view)
    return {
        **_common(port, "GigabitEthernet"),
        **_speed(port),
        "eth_autoneg": "on",
        "eth_mdix": "off",
        "eth_ethertype": "0x0000",
        "vdc_lvl_in_avg_bits": str(int(port.in_bps)),
        "vdc_lvl_out_avg_bits": str(int(port.out_bps)),
        "vdc_lvl_in_pkts": counts["in_pkts"],
        "vdc_lvl_in_bytes": str(counts["in_octets"]),
        "vdc_lvl_out_pkts": counts["out_pkts"],
        "vdc_lvl_out_bytes": str(counts["out_octets"]),
    }


def _loopback(view: View) -> Row:
    return {
        "interface": "loopback0",
        "state": "up",
        "admin_state": "up",
        "eth_hw_desc": "Loopback",
        "eth_ip_addr": view.device.loopback,
        "eth_ip_mask": 32,
        "eth_mtu": "1500",
        "eth_bw": 8_000_000,
        "eth_dly": 5000,
        "eth_mdix": "off",
    }


@answers("show interface fec", "show interface {interface} fec")
def fec(view: View, interface: str | None = None) -> str:
    """Neither 10GBASE-LR nor 100GBASE-LR4 uses forward error correction (IEEE 802.3 clauses 52, 88)."""
    rule = "-" * 91 + "\n"
    head = "Name          Ifindex     Admin-fec  Oper-fec   Status     Speed   Type\n"
    ports = [port for port in chosen(view, interface) if port.kind == "ethernet"]
    return rule + head + rule + "".join(f"{_fec(port)}\n" for port in ports)


def _fec(port: Port) -> str:
    status = "connected" if port.oper_up else "notconnec" if port.admin_up else "disabled"
    speed = f"{port.speed_bps // 10**9}G" if port.oper_up else "auto"
    return (
        f"{short(port.name):<13} 0x{0x1A000000 + 0x200 * port.index:08x}  {'auto':<10} "
        f"{port.fec_mode or 'off':<10} {status:<10} {speed:<7} {media(port)}"
    )


def media(port: Port) -> str:
    """What is plugged in, as NX-OS calls it."""
    if port.optic:
        return port.optic.type.media_type.replace("GBASE", "Gbase").replace("100Gbase", "QSFP-100G")
    return "SFP-H10GB-CU3M" if port.host else "--"


@answers("show interface {interface} counters errors")
def errors(view: View, interface: str) -> str:
    """Three tables below one another."""
    ports = chosen(view, interface)
    heads = (
        ("Align-Err", "FCS-Err", "Xmit-Err", "Rcv-Err", "UnderSize", "OutDiscards"),
        ("Single-Col", "Multi-Col", "Late-Col", "Exces-Col", "Carri-Sen", "Runts"),
        ("Giants", "SQETest-Err", "Deferred-Tx", "IntMacTx-Er", "IntMacRx-Er", "Symbol-Err"),
    )
    rule = "-" * 80 + "\n"
    told = ""
    for head in heads:
        told += rule + "Port          " + "".join(f"{word:>11}" for word in head) + "\n" + rule
        told += "".join(f"{_errors(port, view, head)}\n" for port in ports) + "\n"
    return told


def _errors(port: Port, view: View, head: tuple[str, ...]) -> str:
    counts = counted(port, view)
    known = {
        "FCS-Err": counts["in_fcs_errors"],
        "Rcv-Err": counts["in_fcs_errors"] + counts["in_giants"],
        "OutDiscards": counts["out_discards"],
        "Giants": counts["in_giants"],
    }
    return f"{short(port.name):<14}" + "".join(f"{known.get(word, 0):>11}" for word in head)


@answers("show ip interface vrf all | json", "show ip interface {interface} vrf all | json")
def ip_interfaces(view: View, interface: str | None = None) -> str:
    rows = [_ip(port) for port in chosen(view, interface) if port.address]
    if interface in (None, "loopback0"):
        rows.append(_ip_row("loopback0", "default", (view.device.loopback, 32), 1500, up=True, admin=True))
    return document(table("intf", rows))


def _ip(port: Port) -> Row:
    vrf = "management" if port.kind == "management" else "default"
    address = address_of(port) or ("", 0)
    return _ip_row(port.name, vrf, address, port.mtu_bytes, up=port.oper_up, admin=port.admin_up)


def _ip_row(name: str, vrf: str, address: tuple[str, int], mtu: int, *, up: bool, admin: bool) -> Row:
    words = {True: "up", False: "down"}
    return {
        "vrf-name-out": vrf,
        "intf-name": name,
        "proto-state": words[up],
        "link-state": words[up],
        "admin-state": words[admin],
        "prefix": address[0],
        "subnet": address[0],
        "masklen": str(address[1]),
        "num-addr": "1",
        "ip-disabled": "FALSE",
        "bcast-addr": "255.255.255.255",
        "num-maddr": "0",
        "mtu": str(mtu),
        "pref": "0",
        "tag": "0",
        "proxy-arp": "disabled",
        "lcl-proxy-arp": "disabled",
        "mrouting": "disabled",
        "icmp-redirect": "enabled",
        "dir-bcast": "disabled",
        "ip-forwarding": "disabled",
        "ip-unreach": "disabled",
        "port-unreach": "enabled",
        "urpf-mode": "none",
        "ip-ls-type": "none",
        "stats-last-reset": "never",
    }


@answers("show ipv6 interface vrf all | json")
def ipv6_interfaces(view: View) -> str:
    """No interface has IPv6 here."""
    return ""
