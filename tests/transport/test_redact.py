"""What is taken out of devices' output, and what must stay readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.transport.redact import redact

S = "hunter2"
R = "<redacted>"

CONFIG_LINES = [
    # Arista EOS and Cisco IOS
    f"   neighbor 10.0.0.1 password 7 {S}",
    f"   neighbor 10.0.0.1 password {S}",
    f"username admin privilege 15 role network-admin secret sha512 {S}",
    f"username admin secret 5 {S}",
    f"enable password level 15 {S}",
    f"   ip ospf message-digest-key 1 md5 7 {S}",
    f"   ip ospf authentication-key 7 {S}",
    f"   isis authentication key-id 1 algorithm sha-256 key 7 {S}",
    f"   key-string 7 {S}",
    f"   key 0123456789abcdef 7 {S}",
    f"radius-server host 192.0.2.5 auth-port 1812 key 7 {S}",
    f"radius-server key {S}",
    f"tacacs-server host 192.0.2.6 key 7 {S}",
    f"snmp-server community {S} ro",
    f"snmp-server host 192.0.2.7 version 2c {S}",
    f"snmp-server host 192.0.2.7 version 3 auth {S}",
    f"snmp-server user ops group v3 auth sha {S} priv aes {S}",
    f"ntp authentication-key 1 md5 7 {S}",
    f" vrrp 1 authentication text {S}",
    f"crypto isakmp key {S} address 192.0.2.8",
    # FRR
    f" neighbor fe80::1 password {S}",
    f" ip ospf message-digest-key 1 md5 {S}",
    f" ip ospf authentication-key {S}",
    f" isis password md5 {S}",
    f" area-password clear {S}",
    f" ip rip authentication string {S}",
    f"  key-string {S}",
    f"password {S}",
    f"enable password 8 {S}",
    # Junos
    f'            authentication-key "{S}"; ## SECRET-DATA',
    f'set system root-authentication encrypted-password "{S}"',
    f"set snmp community {S} authorization read-only",
    f"    community {S} {{",
    f'pre-shared-key ascii-text "{S}"; ## SECRET-DATA',
    # Nokia SR OS
    f'                authentication-key "{S}" hash2',
    f'                message-digest-key 1 md5 "{S}" hash2',
    f'            community "{S}" hash2 rwa version both',
    f'            secret "{S}" hash2',
    # Hosts
    f"rocommunity {S} 192.0.2.0/24",
    f"PrivateKey = {S}",
    f"psk={S}",
    # Structured output
    f'  "password": "{S}",',
    f'{{"cmds": {{"neighbor 10.0.0.1 password 7 {S}": null}}}}',
    f"'secret': '{S}'",
    f"api_key: {S}",
    # The web
    f"Authorization: Basic {S}",
    f"Authorization: Bearer {S}",
    f"curl https://ops:{S}@example.net/x",
]


@pytest.mark.parametrize("line", CONFIG_LINES)
def test_a_secret_is_taken_out_and_the_rest_of_the_line_stays(line: str) -> None:
    assert redact(line) == line.replace(S, R)


@pytest.mark.parametrize(
    "line", [line.replace(S, "$6$rounds=5000$salt$hash.value/") for line in CONFIG_LINES]
)
def test_a_hash_is_a_secret_too(line: str) -> None:
    assert "hash.value" not in redact(line)


@pytest.mark.parametrize(
    "hashed", ["$1$a$bcdef", "$5$ab$cdef", "$6$ab$cdef", "$9$abCDef", "$2y$10$abcdef", "$y$j9T$x"]
)
def test_a_hash_is_known_wherever_it_stands(hashed: str) -> None:
    assert redact(f"root:{hashed}:19000") == f"root:{R}:19000"


@pytest.mark.parametrize(
    "line",
    [
        "Failed password for root from 192.0.2.9 port 22 ssh2",
        "Nov 22 14:00:00 leaf1 sshd: password authentication failed",
        "service password-encryption",
        '  "passwordConfigured": true,',
        '  "password": false,',
        "set community 65000:100 additive",
        '"community": [',
        '    "communities": {"community": [',
        "ip community-list standard BLUE permit 65000:1",
        "  Community: 65000:1 65000:2",
        "key chain OSPF",
        " key 1",
        "   neighbor 10.0.0.1 remote-as 65001",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 key of ops",
        "ip ospf authentication message-digest",
        "https://example.net:8443/path",
        "Et1 is up, line protocol is up",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redact(line) == line


def test_a_private_key_loses_its_body_and_keeps_its_lines() -> None:
    block = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\naC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n"
    assert redact(block) == block.replace("b3BlbnNz", R).replace("aC1rZXk=", R)


def test_a_private_key_cut_off_in_the_middle_is_redacted_too() -> None:
    assert redact("-----BEGIN RSA PRIVATE KEY-----\nMIIEow") == f"-----BEGIN RSA PRIVATE KEY-----\n{R}"


LINES = st.lists(
    st.one_of(
        st.sampled_from([*CONFIG_LINES, "key", "7", '"', "password", "-----BEGIN PRIVATE KEY-----"]),
        st.text(max_size=20),
    ),
    max_size=8,
)


@given(LINES, st.sampled_from(["\n", " ", ""]))
def test_redacting_twice_changes_nothing_and_no_line_is_lost(parts: list[str], between: str) -> None:
    text = between.join(parts)
    once = redact(text)
    assert redact(once) == once
    assert once.count("\n") == text.count("\n")
    assert len(once) <= len(text) + len(R) * (len(text) // 2 + 1)
