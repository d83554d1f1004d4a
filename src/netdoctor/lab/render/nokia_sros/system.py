"""The router itself: version, uptime, clock, load, memory, NTP."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Device, Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import LINE, MANAGEMENT, NONE_FOUND, RULE, iso, shown, state, table
from netdoctor.lab.render.text import system_description, utc

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")
STEADY_TASKS = ("BFD", "IP Stack", "LDP", "Logging", "MPLS/RSVP", "OAM", "Redundancy", "Security")
"""Tasks that do next to nothing."""
SAMPLE_US = 1_000_000


@answers("show version")
def version(view: View) -> str:
    return system_description(view.device)


@answers("show system information")
def information(view: View) -> str:
    return shown(["", RULE, "System Information", RULE, *_information(view), RULE])


def _information(view: View) -> Iterator[str]:
    device = view.device
    up_s = view.at - device.booted_at
    days, rest = divmod(up_s, 86400.0)
    hours, rest = divmod(rest, 3600.0)
    minutes, seconds = divmod(rest, 60.0)
    uptime = f"{days:.0f} days, {hours:02.0f}:{minutes:02.0f}:{int(seconds):02d}.00 (hr:min:sec)"
    yield _line("System Name", device.name)
    yield _line("System Type", device.model)
    yield _line("Chassis Topology", "Standalone")
    yield _line("System Version", device.os_version)
    yield _line("System Contact", "")
    yield _line("System Location", "")
    yield _line("System Active Slot", "A")
    yield _line("System Up Time", uptime)
    yield ""
    yield _line("Changes Since Last Save", "No")
    if change := last_change(device):
        when = utc(change.at + device.clock_offset_s)
        yield _line("User Last Modified", change.subject)
        yield _line("Time Last Modified", f"{when:%Y/%m/%d %H:%M:%S}")
    yield _line("System Reboot Required", "No")
    yield _line("Last Reboot Reason", device.reload_reason)


def last_change(device: Device) -> Event | None:
    changes = [event for event in device.events if event.kind == "config_change"]
    return max(changes, key=lambda event: event.at, default=None)


def _line(name: str, value: object) -> str:
    return f"{name:<23}: {value}".rstrip()


@answers("show system time")
def clock(view: View) -> str:
    now = f"{utc(view.device_time):%Y/%m/%d %H:%M:%S}"
    lines = (
        f"{f'Current Date & Time : {now}':<48}DST Active          : no",
        f"{'Current Zone        : UTC':<48}Offset from UTC     : 0:00",
    )
    return shown(["", RULE, "Date & Time", RULE, *lines, RULE])


@answers("info json /state system current-time")
def current_time(view: View) -> str:
    return state("current-time", iso(view.at, view))


@answers("show system cpu")
def cpu(view: View) -> str:
    """Of all cores together; a task that runs away fills more than one."""
    device = view.device
    shares = dict.fromkeys(STEADY_TASKS, 0.0)
    shares |= {process.name: process.cpu_pct / device.cores_count for process in device.processes}
    busy = device.cpu_pct
    head = (
        "Name                                   CPU Time       CPU Usage        Capacity",
        "                                         (uSec)                           Usage",
    )
    rows = [_task(name, share) for name, share in sorted(shares.items())]
    sums = [
        f"{'Total':<35}{SAMPLE_US:>12,}{'100.00%':>16}",
        f"{'   Idle':<35}{_time(100.0 - busy):>12,}{100.0 - busy:>15.2f}%",
        f"{'   Usage':<35}{_time(busy):>12,}{busy:>15.2f}%",
        f"{'Busiest Core Utilization':<35}{_time(busy):>12,}{busy:>15.2f}%",
    ]
    title = "CPU Utilization (Sample period: 1 second)"
    return shown(["", RULE, title, RULE, *head, LINE, *rows, LINE, *sums, RULE])


def _time(share_pct: float) -> int:
    return int(SAMPLE_US * share_pct / 100.0)


def _task(name: str, share_pct: float) -> str:
    return f"{name:<35}{_time(share_pct):>12,}{share_pct:>15.2f}%{share_pct:>15.2f}%"


@answers("show system memory-pools")
def memory(view: View) -> str:
    device = view.device
    used = sum(process.memory_bytes for process in device.processes)
    head = "Name                Max Allowed    Current Size    Max So Far          In Use"
    rows = [
        f"{p.name:<18}{'No limit':>13}{p.memory_bytes:>16,}{p.memory_bytes:>14,}{p.memory_bytes:>16,}"
        for p in sorted(device.processes, key=lambda process: process.name)
    ]
    sums = [
        f"Current Total Size :{used:>17,} bytes",
        f"Total In Use       :{used:>17,} bytes",
        f"Available Memory   :{max(0, device.memory_bytes - used):>17,} bytes",
    ]
    return shown(["", RULE, "Memory Pools", RULE, head, LINE, *rows, LINE, *sums, RULE])


@answers("show system ntp all")
def ntp(view: View) -> str:
    heard = view.device.ntp_reachable
    source = NTP_SERVERS[0] if heard else "none"
    now = f"{utc(view.device_time):%Y/%m/%d %H:%M:%S} UTC"
    status = (
        f"{'Configured         : Yes':<40}Stratum              : {3 if heard else 16}",
        f"{'Admin Status       : up':<40}Oper Status          : up",
        f"{'Server Enabled     : No':<40}Server Authenticate  : No",
        f"Clock Source       : {source}",
        "Auth Check         : No",
        f"Current Date & Time: {now}",
    )
    head = (
        "State                     Reference ID    St Type  A  Poll Reach     Offset(ms)",
        "    Router         Remote",
    )
    rows = [line for number in range(len(NTP_SERVERS)) for line in _association(number, view)]
    clients = ("", RULE, "NTP Clients", RULE, "vRouter", "    Address", LINE, NONE_FOUND, RULE)
    told = table("NTP Active Associations", head, rows)
    return shown(["", RULE, "NTP Status", RULE, *status, RULE]) + told + shown(clients)


def _association(number: int, view: View) -> Iterator[str]:
    heard = view.device.ntp_reachable
    word = ("chosen" if number == 0 else "candidate") if heard else "reject"
    reference, stratum, reach = ("198.51.100.9", "2", "YYYYYYYY") if heard else ("STEP", "-", "........")
    offset = view.device.ntp_offset_ms + 0.05 * number if heard else 0.0
    yield f"{word:<26}{reference:<16}{stratum:<3}srvr  -  64   {reach:<11}{offset:.3f}"
    yield f"    {MANAGEMENT:<15}{NTP_SERVERS[number]}"
