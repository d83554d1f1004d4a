"""What may be sent to a Linux router: nothing that changes it, starts a shell or reads a secret."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import platforms

LINUX = platforms.get("linux")
TEMPLATES = [command.template.replace("{interface}", "eth0") for command in LINUX.commands]


@pytest.mark.parametrize(
    "text",
    [
        "ip -j -s -s -d link show dev eth0.100",
        "ip -6 route show table all",
        "ip route get 2001:db8::1",
        "ip route get 192.0.2.1 from 192.0.2.2",
        "ip neigh show to 192.0.2.1",
        "tc -s class show dev swp1s0",
        "/usr/sbin/tc -s -j qdisc show",
        "bridge -j fdb show br br10",
        "vtysh -c 'show bgp neighbors 2001:db8::1 advertised-routes json'",
        'vtysh -c "show ip route vrf all json" -c "show ipv6 route vrf all json"',
        'sudo -n vtysh -c "show running-config"',
        "sudo -n nft -j list ruleset",
        "ethtool --json eth0",
        "ping -c 5 -W 1 192.0.2.1",
        "cat /proc/net/bonding/bond0",
    ],
)
def test_reading_is_allowed(text: str) -> None:
    assert LINUX.allows(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "bash",
        "sh -c 'ip -j link show'",
        "sudo bash",
        "sudo -n",
        "sudo -n -s",
        "sudo ip -j link show",
        "env ip -j link show",
        "reboot",
        "systemctl restart frr",
        "/usr/lib/frr/frr-reload.py --reload /etc/frr/frr.conf",
        "watchfrr.sh restart bgpd",
        "kill -9 1",
        "/usr/sbin/reboot",
        "/usr/sbin/tc qdisc add dev eth0 root pfifo",
        "/tmp/tc -s -j qdisc show",
        "sudo -n /usr/sbin/tc -s -j qdisc show",
        # vtysh
        "vtysh",
        "vtysh -b",
        "vtysh -w",
        "vtysh -f /tmp/x",
        'vtysh -c "configure terminal"',
        'vtysh -c "conf t" -c "router bgp 1"',
        'vtysh -c "show version" -c "configure terminal"',
        'vtysh -c "show version" -c "clear bgp *"',
        'vtysh -c "clear ip bgp *"',
        'vtysh -c "write memory"',
        'vtysh -c "copy running-config startup-config"',
        'vtysh -c "debug bgp updates"',
        'vtysh -c "terminal monitor"',
        'vtysh -c "do show version"',
        'vtysh -c "SHOW version"',
        'vtysh -c " show version"',
        'vtysh -c "show"',
        'vtysh -c "show version | tee /tmp/x"',
        'vtysh -c "show version\nconfigure terminal"',
        "vtysh -c \"show version'",
        'vtysh -N ns -c "show version"',
        # iproute2
        "ip link set eth0 down",
        "ip -j link set eth0 down",
        "ip link show; ip link set eth0 down",
        "ip -batch /tmp/x",
        "ip -b /tmp/x",
        "ip -n other link show",
        "ip netns exec x ip link show",
        "ip vrf exec red bash",
        "ip addr add 192.0.2.1/24 dev eth0",
        "ip route add blackhole 192.0.2.0/24",
        "ip route flush table main",
        "ip neigh flush all",
        "ip monitor",
        "ip link show -batch x",
        "tc qdisc add dev eth0 root tbf rate 1mbit",
        "tc qdisc del dev eth0 root",
        "tc -b /tmp/x",
        "tc -batch /tmp/x",
        "bridge fdb add 02:00:00:00:00:01 dev eth0",
        "ss -K dst 192.0.2.1",
        "ss -t -n -a -K",
        "ss -D /tmp/x",
        # the rest
        "ethtool -s eth0 speed 10",
        "ethtool -K eth0 gro off",
        "ethtool -r eth0",
        "ethtool --reset eth0 all",
        "ethtool -p eth0",
        "ethtool -E eth0",
        "ethtool -m -s",
        "nft add rule inet t c drop",
        "nft -f /tmp/x",
        "nft flush ruleset",
        "nft reset counters",
        "nft list ruleset; nft flush ruleset",
        "lldpcli configure system hostname x",
        "lldpcli -f json show neighbors -c /tmp/x",
        "lldpcli -u /tmp/x show neighbors",
        "chronyc makestep",
        "chronyc -m sources makestep",
        "chronyc -h 192.0.2.1 sources",
        "timedatectl set-ntp false",
        "date -s 2020-01-01",
        "date 010100002020",
        "hostname evil",
        "journalctl --vacuum-size=1K",
        "journalctl --rotate",
        "journalctl -o json -n 300 --no-pager --file /etc/shadow",
        "journalctl -n 300",
        "top",
        "top -b",
        "sensors -s",
        "ping -f 192.0.2.1",
        "ping -c 100 -W 1 192.0.2.1",
        # files
        "cat /etc/shadow",
        "cat /etc/frr/frr.conf /etc/shadow",
        "cat /proc/net/bonding/../../../etc/shadow",
        "cat /proc/meminfo /etc/shadow",
        "cat /etc/../etc/shadow",
        "cat /proc/net/*",
        "cat -",
        "cat",
        "head -v -n 5 /etc/shadow",
        "tail -f /var/log/frr/frr.log",
        "tail -n 300 /var/log/auth.log",
        "ls /root",
        "ls /var/run/frr /root",
        # one command, and nothing around it
        "IP -J LINK SHOW",
        " ip -j link show",
        "ip -j link show ",
        "ip  -j link show",
        "ip\t-j link show",
        "ip -j link show\n",
        "ip -j link show\r\nreboot",
        "ip -j link show && reboot",
        "ip -j link show || reboot",
        "ip -j link show | sh",
        "ip -j link show > /tmp/x",
        "ip -j link show < /dev/null",
        "ip -j link show &",
        "ip -j link show `reboot`",
        "ip -j link show $(reboot)",
        "ip -j link show ${IFS}x",
        "ip -j link show dev $HOME",
        "ip -j link show dev ~root",
        "ip -j link show dev eth?",
        "ip -j link show dev \u202eeth0",
        "ip -j link show dev \uff45th0",
    ],
)  # fmt: skip
def test_anything_else_is_not(text: str) -> None:
    assert not LINUX.allows(text)


@pytest.mark.parametrize("template", TEMPLATES)
@given(place=st.integers(0, 200), what=st.sampled_from(list(";&|`$<>{}!\\\n\r\t\0\x1b\"'#~?=^[]")))
def test_no_character_of_the_shell_fits_in_anywhere(template: str, place: int, what: str) -> None:
    place %= len(template) + 1
    assert not LINUX.allows(template[:place] + what + template[place:])


WRITING = (
    "set",
    "add",
    "del",
    "flush",
    "replace",
    "exec",
    "configure",
    "clear",
    "write",
    "reset",
    "-batch",
    "-f",
    "-K",
)
WORDS = sorted({word for template in TEMPLATES for word in template.split()} | set(WRITING))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_no_shuffling_of_words_makes_a_command_that_writes(text: str) -> None:
    if LINUX.allows(text):
        program, *rest = text.removeprefix("sudo -n ").split()
        # Behind the word that reads, everything is a name or a filter.
        leading = itertools.takewhile(lambda word: word not in {"show", "list", "get"}, rest)
        assert not set(leading) & set(WRITING), text
        assert program not in {"bash", "sh", "sudo", "env"}
