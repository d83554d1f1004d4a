"""What runs on a machine: FRR, lldpd and sshd on a router, lldpd on a host, each started directly."""

from __future__ import annotations

import grp
import pwd
from collections.abc import Mapping
from pathlib import Path

from .machine import File
from .topology import MANAGEMENT, ROUTERS, USER, Node, Variant, addressing, frr_config

HIDDEN = ("/home", "/tmp", "/var/log", "/var/tmp")
"""Folders of the host that a router sees empty."""

DAEMONS = ("zebra", "bgpd", "ospfd", "bfdd", "staticd")
_VARIANT_OF = {"bgpd": "bgp", "ospfd": "ospf"}
_USER_ID = 64900

_SUDOERS = f"""
Cmnd_Alias READS = /usr/sbin/nft -j list ruleset, /usr/sbin/lldpcli -f json show *, /usr/sbin/ethtool *, \\
    /usr/sbin/tc -s -j *, /usr/bin/vtysh, /usr/bin/tail -n 300 /var/log/frr/frr.log
{USER} ALL=(root) NOPASSWD: READS
"""

_SSHD_CONFIG = """
Port 22
HostKey /etc/ssh/fabric_host_key
AuthorizedKeysFile /etc/ssh/authorized_keys
AuthenticationMethods publickey
UsePAM no
PidFile /run/sshd.pid
"""

_LLDPD_CONFIG = f"""
configure lldp tx-interval 1
configure system interface pattern eth*,swp*
configure system ip management pattern {MANAGEMENT.rsplit(".", 1)[0]}.*
"""


def daemons(variant: Variant) -> tuple[str, ...]:
    """The FRR daemons of a variant, in the order in which they are started."""
    return tuple(name for name in DAEMONS if _VARIANT_OF.get(name, variant) == variant)


def router_files(node: Node, variant: Variant, host_key: str, authorized_key: str) -> Mapping[str, File]:
    """A router's /etc: FRR's configuration, the on-call user and his rights, sshd with its key, lldpd."""
    return {
        **_common_files(node),
        "/etc/frr/frr.conf": File(frr_config(node, variant), 0o640, "frr", "frr"),
        "/etc/frr/daemons": File("".join(f"{name}=yes\n" for name in daemons(variant)), 0o640, "frr", "frr"),
        "/etc/frr/vtysh.conf": File("service integrated-vtysh-config\n", 0o640, "frr", "frrvty"),
        "/etc/passwd": File(_passwd()),
        "/etc/group": File(_group()),
        "/etc/shadow": File(
            Path("/etc/shadow").read_text() + f"{USER}:*:20000:0:99999:7:::\n", 0o640, group="shadow"
        ),
        f"/etc/sudoers.d/{USER}": File(_SUDOERS, 0o440),
        "/etc/ssh/sshd_config": File(_SSHD_CONFIG),
        "/etc/ssh/fabric_host_key": File(host_key, 0o600),
        "/etc/ssh/authorized_keys": File(authorized_key),
    }


def host_files(node: Node) -> Mapping[str, File]:
    return _common_files(node)


def router_script(node: Node, variant: Variant) -> str:
    """Starts a router's interfaces and daemons, and returns when FRR has its configuration."""
    started = " ".join(daemons(variant))
    return f"""
sysctl -qw net.ipv4.ip_forward=1 net.ipv4.fib_multipath_hash_policy=1
{_addresses(node)}
install -d -o frr -g frr /run/frr /var/log/frr
install -d /run/sshd /home/{USER} && chown {USER}: /home/{USER}
/usr/sbin/sshd
{_LLDPD}
for daemon in {started}; do
    /usr/lib/frr/$daemon -d -A 127.0.0.1 -F datacenter >>/var/log/frr/start.log 2>&1
done
vtysh -b >>/var/log/frr/start.log 2>&1
"""


def host_script(node: Node) -> str:
    return f"{_addresses(node)}\n{_LLDPD}\n"


_LLDPD = "lldpd >>/run/lldpd.log 2>&1"


def _addresses(node: Node) -> str:
    return f"ip -batch - <<'END'\n{addressing(node)}END"


def _common_files(node: Node) -> dict[str, File]:
    names = "".join(f"{router.management} {router.name}\n" for router in ROUTERS)
    return {
        "/etc/hostname": File(node.name + "\n"),
        "/etc/hosts": File(f"127.0.0.1 localhost\n127.0.1.1 {node.name}\n{names}"),
        "/etc/lldpd.d/fabric.conf": File(_LLDPD_CONFIG),
    }


def _passwd() -> str:
    others = [entry for entry in pwd.getpwall() if entry.pw_name != USER]
    lines = [":".join(map(str, entry)) for entry in others]
    return "\n".join([*lines, f"{USER}:x:{_USER_ID}:{_USER_ID}:on call:/home/{USER}:/bin/bash", ""])


def _group() -> str:
    """The host's groups, with the user in those that may use vtysh and read logs (Debian's `adm`)."""
    lines = []
    for entry in grp.getgrall():
        members = [*entry.gr_mem, USER] if entry.gr_name in {"frrvty", "adm"} else entry.gr_mem
        lines.append(f"{entry.gr_name}:x:{entry.gr_gid}:{','.join(members)}")
    return "\n".join([*lines, f"{USER}:x:{_USER_ID}:", ""])
