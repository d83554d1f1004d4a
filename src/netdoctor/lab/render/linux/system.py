"""The machine itself: its files, clock, sensors and kernel counters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.linux.processes import memory_used_bytes
from netdoctor.lab.render.text import as_json, utc

KERNEL = "6.1.0-25-amd64"
NTP_SERVERS = ("192.0.2.251", "192.0.2.252")
FAN_RPM_PER_PCT = 240.0


def _load(view: View) -> float:
    return view.device.cpu_pct / 100.0 * view.device.cores_count


def _os_release(view: View) -> str:
    return (
        f'PRETTY_NAME="Debian GNU/Linux {view.device.os_version}"\n'
        'NAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n'
    )


def _uptime(view: View) -> str:
    up_s = view.at - view.device.booted_at
    return f"{up_s:.2f} {up_s * view.device.cores_count * (1 - view.device.cpu_pct / 100):.2f}\n"


def _loadavg(view: View) -> str:
    return f"{_load(view):.2f} {_load(view):.2f} {_load(view):.2f} 1/241 48213\n"


def _meminfo(view: View) -> str:
    total_kib = view.device.memory_bytes // 1024
    free_kib = total_kib - memory_used_bytes(view.device) // 1024
    rows = {"MemTotal": total_kib, "MemFree": free_kib, "MemAvailable": free_kib, "Buffers": 0, "Cached": 0}
    return "".join(f"{name + ':':<16}{value:8d} kB\n" for name, value in rows.items())


def _forwarding(view: View) -> str:
    return "1\n"


def _cores(view: View) -> str:
    return f"0-{view.device.cores_count - 1}\n"


def _softnet(view: View) -> str:
    """One line a core (hexadecimal): processed, dropped, squeezed, …"""
    packets = int((view.at - view.device.booted_at) * 40)
    return "".join(f"{packets:08x} 00000000 00000000" + " 00000000" * 10 + "\n" for _ in range(4))


def _netstat(view: View) -> str:
    tcp = {name: meter.read(view.at) for name, meter in view.device.tcp.items()}
    counters = {
        "SyncookiesSent": 0,
        "ListenOverflows": 0,
        "TCPTimeouts": 214,
        "IPReversePathFilter": 0,
        "TCPMD5NotFound": tcp["md5_not_found"],
        "TCPMD5Unexpected": tcp["md5_unexpected"],
        "TCPMD5Failure": 0,
        "TCPMinTTLDrop": tcp["min_ttl_drop"],
    }
    return _table("TcpExt", counters) + _table("IpExt", {"InNoRoutes": 0, "InTruncatedPkts": 0})


def _snmp(view: View) -> str:
    delivered = int((view.at - view.device.booted_at) * 31)
    return _table("Ip", {"Forwarding": 1, "DefaultTTL": 64, "InReceives": delivered, "OutNoRoutes": 0})


def _table(name: str, counters: dict[str, int]) -> str:
    return f"{name}: {' '.join(counters)}\n{name}: {' '.join(map(str, counters.values()))}\n"


FILES: dict[str, Callable[[View], str]] = {
    "/etc/os-release": _os_release,
    "/proc/uptime": _uptime,
    "/proc/loadavg": _loadavg,
    "/proc/meminfo": _meminfo,
    "/proc/sys/net/ipv4/ip_forward": _forwarding,
    "/sys/devices/system/cpu/online": _cores,
    "/proc/net/softnet_stat": _softnet,
    "/proc/net/netstat": _netstat,
    "/proc/net/snmp": _snmp,
}


@answers("cat {a}", "cat {a} {b}", "cat {a} {b} {c}")
def cat(view: View, **paths: str) -> Reply:
    wanted = list(paths.values())
    missing = [name for name in wanted if name not in FILES]
    output = "".join(FILES[name](view) for name in wanted if name in FILES)
    complaint = "".join(f"cat: {name}: No such file or directory\n" for name in missing)
    return Reply(output, complaint, 1 if missing else 0)


@answers("head -v -n {count} {a} {b} {c} {d} {e} {f}")
def head(view: View, count: str, **paths: str) -> Reply:
    known = [path for path in paths.values() if path in FILES]
    shown = "\n".join(f"==> {path} <==\n{FILES[path](view)}" for path in known)
    missing = [path for path in paths.values() if path not in FILES]
    complaint = "".join(
        f"head: cannot open '{path}' for reading: No such file or directory\n" for path in missing
    )
    return Reply(shown, complaint, 1 if missing else 0)


@answers("uname -a")
def uname(view: View) -> str:
    build = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 (2024-08-26)"
    return f"Linux {view.device.name} {KERNEL} {build} x86_64 GNU/Linux\n"


@answers("hostname")
def hostname(view: View) -> str:
    return f"{view.device.name}\n"


@answers("uptime")
def uptime(view: View) -> str:
    up_s = int(view.at - view.device.booted_at)
    now = utc(view.device_time)
    load = f"{_load(view):.2f}"
    return (
        f" {now:%H:%M:%S} up {up_s // 86400} days, {up_s % 86400 // 3600:2d}:{up_s % 3600 // 60:02d},"
        f"  1 user,  load average: {load}, {load}, {load}\n"
    )


@answers("free -b")
def free(view: View) -> str:
    total, used = view.device.memory_bytes, memory_used_bytes(view.device)
    return (
        f"{'':15}{'total':>12}{'used':>12}{'free':>12}{'shared':>12}{'buff/cache':>12}{'available':>12}\n"
        f"{'Mem:':15}{total:12d}{used:12d}{total - used:12d}{0:12d}{0:12d}{total - used:12d}\n"
        f"{'Swap:':15}{0:12d}{0:12d}{0:12d}\n"
    )


@answers("date -u +%Y-%m-%dT%H:%M:%S.%NZ")
def date(view: View) -> str:
    return f"{utc(view.device_time):%Y-%m-%dT%H:%M:%S.%f}000Z\n"


@answers("timedatectl show")
def timedatectl(view: View) -> str:
    now = f"{utc(view.device_time):%a %Y-%m-%d %H:%M:%S} UTC"
    synchronised = "yes" if view.device.ntp_reachable else "no"
    return (
        f"Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=yes\nNTPSynchronized={synchronised}\n"
        f"TimeUSec={now}\nRTCTimeUSec={now}\n"
    )


@answers("chronyc -c -n -m sources tracking")
def chrony_csv(view: View) -> str:
    offset_s = view.device.ntp_offset_ms / 1000.0
    reference = utc(view.device_time - 61.0).timestamp()
    sources = "".join(f"{line}\n" for line in _sources(offset_s, view.device.ntp_reachable))
    leap = "Normal" if view.device.ntp_reachable else "Not synchronised"
    return (
        f"{sources}C00002FB,{NTP_SERVERS[0]},3,{reference:.9f},{offset_s:.9f},0.000012,0.000020,"
        f"-7.341,0.002,0.031,0.004218,0.000611,1031.2,{leap}\n"
    )


def _sources(offset_s: float, heard: bool) -> Iterator[str]:
    for number, address in enumerate(NTP_SERVERS):
        drift = offset_s + 0.00004 * number
        if not heard:
            yield f"^,?,{address},0,10,0,4294967295,0.0,0.0,0.0"
            continue
        yield f"^,{'*+'[number]},{address},2,10,377,{78 + 17 * number},{drift:.9f},{drift:.9f},0.000412"


@answers("chronyc -n sources")
def chrony_sources(view: View) -> str:
    offset_us = view.device.ntp_offset_ms * 1000.0
    rows = (
        f"^{'*+'[number]} {address:<28}  2  10   377    {78 + 17 * number}  {offset_us:+5.0f}us"
        f"[{offset_us:+5.0f}us] +/-  412us\n"
        for number, address in enumerate(NTP_SERVERS)
    )
    title = "MS Name/IP address         Stratum Poll Reach LastRx Last sample\n"
    return title + "=" * 79 + "\n" + "".join(rows)


@answers("sensors -j")
def sensors_json(view: View) -> str:
    device = view.device
    probes = {
        sensor.description: {
            f"temp{n}_input": round(sensor.value, 3),
            f"temp{n}_max": sensor.high_alarm,
            f"temp{n}_crit": sensor.high_critical,
        }
        for n, sensor in enumerate(device.sensors_of("temperature"), 1)
    }
    fans = {
        sensor.name: {
            f"fan{n}_input": round(sensor.value * FAN_RPM_PER_PCT),
            f"fan{n}_fault": int(not sensor.working),
        }
        for n, sensor in enumerate(device.sensors_of("fan"), 1)
    }
    supplies = {
        f"{sensor.name.lower()}-i2c-17-{58 + n}": {
            "Adapter": "i2c-17-mux (chan_id 0)",
            "pout1": {"power1_input": round(sensor.value, 3), "power1_alarm": int(not sensor.working)},
        }
        for n, sensor in enumerate(device.sensors_of("power"), 1)
    }
    board = {"Adapter": "i2c-9-mux (chan_id 2)", **probes, **fans}
    return as_json({"as5835_54x_cpld-i2c-9-62": board, **supplies}, indent=3)


@answers("sensors")
def sensors(view: View) -> str:
    lines = [
        f"{s.description + ':':<26}{s.value:+6.1f}°C  (high = {s.high_alarm:+.1f}°C)"
        for s in view.device.sensors_of("temperature")
    ]
    lines += [
        f"{s.name + ':':<26}{s.value * FAN_RPM_PER_PCT:6.0f} RPM" for s in view.device.sensors_of("fan")
    ]
    lines += [f"{s.name + ':':<26}{s.value:6.2f} W" for s in view.device.sensors_of("power")]
    return "as5835_54x_cpld-i2c-9-62\nAdapter: i2c-9-mux (chan_id 2)\n" + "".join(
        f"{line}\n" for line in lines
    )
