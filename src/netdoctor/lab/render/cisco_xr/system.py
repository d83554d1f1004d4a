"""The router itself: release, cards, load, clock, and who changed it."""

from __future__ import annotations

import math

from netdoctor.lab.hardware import Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import ACTIVE, NODE, lit_ports, stamped
from netdoctor.lab.render.text import utc

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")
UNSYNCHRONISED = 16
FIRST_COMMIT = 1000000001


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _uptime(seconds: float) -> str:
    """`1 week, 6 days, 4 hours, 22 minutes`."""
    rest = int(seconds) // 60
    told = []
    for unit, minutes in (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1)):
        number, rest = divmod(rest, minutes)
        if number:
            told.append(_plural(number, unit))
    return ", ".join(told) or "0 minutes"


@answers("show version")
def version(view: View) -> str:
    device = view.device
    return stamped(
        view,
        [
            f"Cisco IOS XR Software, Version {device.os_version}",
            "Copyright (c) 2013-2022 by Cisco Systems, Inc.",
            "",
            "Build Information:",
            " Built By     : builder",
            f" Version      : {device.os_version}",
            " Location     : /opt/cisco/XR/packages/",
            f" Label        : {device.os_version}",
            "",
            f"cisco {device.model} () processor",
            f"{device.name} uptime is {_uptime(view.at - device.booted_at)}",
        ],
    )


@answers("show inventory", "admin show inventory")
def inventory(view: View) -> str:
    device = view.device
    rows = [
        ("Rack 0", "ASR 9900 Series fixed chassis", device.model, device.serial),
        ("0/RP0", "ASR 9900 Series Route Processor", "A9903-RP", f"{device.serial}1"),
        ("0/0", "ASR 9900 Series line card", "A9903-LC", f"{device.serial}2"),
    ]
    for port in lit_ports(view):
        if optic := port.optic:
            about = f"Cisco {optic.type.form_factor} {optic.type.media_type} Pluggable Optics Module"
            rows.append((port.name, about, f"{optic.type.part_number}-S", optic.serial))
    for number, sensor in enumerate(device.sensors):
        if sensor.kind != "temperature":
            about = "Fan Tray" if sensor.kind == "fan" else "AC Power Module"
            rows.append(
                (sensor.name, f"ASR 9900 Series {about}", sensor.description, f"{device.serial}F{number}")
            )
    return stamped(view, ["", *(line for row in rows for line in _card(*row))])


def _card(name: str, about: str, part: str, serial: str) -> tuple[str, str, str]:
    return f'NAME: "{name}", DESCR: "{about}"', f"PID: {part:<18}, VID: V01, SN: {serial}", ""


@answers("show platform", "admin show platform")
def platform(view: View) -> str:
    device = view.device
    rows = [
        (ACTIVE, "A9903-RP(Active)", "IOS XR RUN"),
        (NODE, "A9903-LC", "IOS XR RUN"),
        *(
            (sensor.name, sensor.description, "OPERATIONAL" if sensor.working else "FAILED")
            for sensor in device.sensors
            if sensor.kind == "fan"
        ),
    ]
    return stamped(
        view,
        [
            "Node              Type                       State             Config state",
            "-" * 80,
            *(f"{node:<17} {kind:<26} {state:<17} NSHUT" for node, kind, state in rows),
        ],
    )


@answers("show redundancy")
def redundancy(view: View) -> str:
    device = view.device
    booted = utc(device.booted_at + device.clock_offset_s)
    ago = _uptime(view.at - device.booted_at)
    title = f"Redundancy information for node {ACTIVE}:"
    return stamped(
        view,
        [
            title,
            "=" * len(title),
            f"Node {ACTIVE} is in ACTIVE role",
            f"Node {ACTIVE} has no valid partner",
            "",
            "Reload and boot info",
            "----------------------",
            f"{device.model} reloaded {booted:%a %b} {booted.day:2d} {booted:%H:%M:%S %Y}: {ago} ago",
            f"Active node booted {booted:%a %b} {booted.day:2d} {booted:%H:%M:%S %Y}: {ago} ago",
            "",
            f'Active node reload "Cause: {device.reload_reason}"',
        ],
    )


@answers("show processes cpu")
def cpu(view: View) -> str:
    device = view.device
    busy = round(device.cpu_pct)
    rows = sorted(device.processes, key=lambda process: -process.cpu_pct)
    return stamped(
        view,
        [
            f"---- node{ACTIVE.replace('/', '_')} ----",
            "",
            f"CPU utilization for one minute: {busy}%; five minutes: {busy}%; fifteen minutes: {busy}%",
            "",
            "PID    1Min    5Min    15Min Process",
            *map(_process, rows),
        ],
    )


def _process(process: Process) -> str:
    """Whole percents, rounded up: a process that does anything has one."""
    share = f"{math.ceil(process.cpu_pct)}%"
    return f"{process.pid:<5} {share:>6} {share:>7} {share:>8} {process.name}"


@answers("show memory summary")
def memory(view: View) -> str:
    device = view.device
    total = device.memory_bytes >> 20
    free = (device.memory_bytes - sum(process.memory_bytes for process in device.processes)) >> 20
    return stamped(
        view,
        [
            "",
            f"node:      node{ACTIVE.replace('/', '_')}",
            "-" * 66,
            "",
            f"Physical Memory: {total}M total ({free}M available)",
            f" Application Memory : {total}M ({free}M available)",
            " Image: 4M (bootram: 0M)",
            " Reserved: 0M, IOMem: 0M, flashfsys: 0M",
            " Total shared window: 226M",
        ],
    )


@answers("show clock")
def clock(view: View) -> str:
    now = utc(view.device_time)
    return stamped(
        view, [f"{now:%H:%M:%S}.{now.microsecond // 1000:03d} UTC {now:%a %b} {now.day} {now.year}"]
    )


@answers("show ntp status")
def ntp_status(view: View) -> str:
    heard = view.device.ntp_reachable
    state = (
        f"synchronized, stratum 3, reference is {NTP_SERVERS[0]}"
        if heard
        else f"unsynchronized, stratum {UNSYNCHRONISED}, no reference clock"
    )
    now = utc(view.device_time)
    return stamped(
        view,
        [
            "",
            f"Clock is {state}",
            "nominal freq is 1000000000.0000 Hz, actual freq is 44881851.3383 Hz, precision is 2**24",
            f"reference time is E7D1A3B2.3C6A7EF9 ({now:%H:%M:%S}.236 UTC {now:%a %b} {now.day} {now.year})",
            f"clock offset is {view.device.ntp_offset_ms:.3f} msec, root delay is 0.410 msec",
            "root dispersion is 53.86 msec, peer dispersion is 0.09 msec",
            f"loopfilter state is {_LOOPFILTER[heard]}, drift is 0.0000212807 s/s",
            "system poll interval is 64, last update was 32 sec ago",
        ],
    )


_LOOPFILTER = {True: "'CTRL' (Normal Controlled Loop)", False: "'SPIK' (Spike)"}


@answers("show ntp associations")
def ntp_associations(view: View) -> str:
    return stamped(
        view,
        [
            "",
            "      address         ref clock     st  when  poll reach  delay  offset    disp",
            *(_association(number, address, view) for number, address in enumerate(NTP_SERVERS)),
            "* sys_peer, # selected, + candidate, - outlayer, x falseticker, ~ configured",
        ],
    )


def _association(number: int, address: str, view: View) -> str:
    if not view.device.ntp_reachable:
        return f" ~{address:<18} .INIT.           16     -    64    0    0.00   0.000   15937"
    offset = view.device.ntp_offset_ms + 0.05 * number
    sign = "*" if number == 0 else "+"
    return (
        f"{sign}~{address:<18} {'198.51.100.9':<15} {2:2d} {17 * number + 12:5d} {64:5d}  377 "
        f"{0.41 + 0.2 * number:7.2f} {offset:7.3f} {0.08:7.3f}"
    )


@answers("show configuration commit list {number}", "show configuration commit list")
def commits(view: View, number: str = "100") -> str:
    events = [
        event for event in sorted(view.device.events, key=lambda one: one.at) if event.kind == "config_change"
    ]
    told = [
        (commit, event.subject, utc(event.at + view.device.clock_offset_s))
        for commit, event in enumerate(events, FIRST_COMMIT)
    ]
    return stamped(
        view,
        [
            "SNo. Label/ID              User      Line                Client      Time Stamp",
            "~~~~ ~~~~~~~~              ~~~~      ~~~~                ~~~~~~      ~~~~~~~~~~",
            *(
                f"{place:<4} {commit:<21} {user:<9} {'vty0:node0_RP0_CPU':<19} {'CLI':<11} "
                f"{when:%a %b} {when.day:2d} {when:%H:%M:%S %Y}"
                for place, (commit, user, when) in enumerate(list(reversed(told))[: int(number)], 1)
            ),
        ],
    )
