"""`netdoctor devices`: what the inventory holds, whether its devices answer, and whose keys are trusted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import NETDOCTOR, read_all, read_until, terminal

INVENTORY = """\
defaults: {username: oncall, known_hosts: known_hosts}
devices:
  leaf1:
    {host: 192.0.2.11, platform: arista_eos, site: ams1, role: leaf, jump: bastion1, password_env: LAB_WORD}
  bastion1: {host: "2001:db8::1", port: 2222, keyring: lab, tags: [prod, edge]}
links: [[leaf1:Ethernet1, bastion1:eth0]]
"""


@pytest.fixture
def inventory(tmp_path: Path) -> str:
    path = tmp_path / "netdoctor.yaml"
    path.write_text(INVENTORY)
    return str(path)


def test_list(netdoctor: Any, inventory: str) -> None:
    listed = netdoctor("devices", "list", "--inventory", inventory)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [line.split() for line in listed.stdout.splitlines()] == [
        ["NAME", "HOST", "PLATFORM", "SITE", "ROLE", "JUMP"],
        ["bastion1", "[2001:db8::1]:2222", "auto", "-", "-", "-"],
        ["leaf1", "192.0.2.11", "arista_eos", "ams1", "leaf", "bastion1"],
    ]


def test_list_without_an_inventory_says_so(netdoctor: Any, tmp_path: Path) -> None:
    listed = netdoctor("devices", "list", XDG_CONFIG_HOME=str(tmp_path))
    assert (listed.returncode, listed.stdout) == (0, "")
    assert listed.stderr == "netdoctor: no inventory found\n"


def test_show_names_where_credentials_come_from_and_shows_none(
    netdoctor: Any, inventory: str, tmp_path: Path
) -> None:
    shown = netdoctor("devices", "show", "leaf1", "--inventory", inventory, LAB_WORD="hunter2")
    assert shown.stdout.splitlines() == [
        "name         leaf1",
        "host         192.0.2.11",
        "platform     arista_eos",
        "user         oncall",
        "login by     password in $LAB_WORD",
        f"host key in  {tmp_path}/known_hosts",
        "jump         bastion1",
        "site         ams1",
        "role         leaf",
        "link         leaf1:Ethernet1 - bastion1:eth0",
    ]
    unset = netdoctor("devices", "show", "leaf1", "--inventory", inventory)
    assert "password in $LAB_WORD (not set)" in unset.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "leef1"), "'leef1' is not in the inventory, did you mean 'leaf1'?"),
        (("show", "leaf1:Ethernet1"), "a device is wanted here, not an interface of one"),
        (("test", "leef1"), "'leef1' is not in the inventory, did you mean 'leaf1'?"),
        (("trust", "leef1"), "'leef1' is not in the inventory, did you mean 'leaf1'?"),
        (("trust", "leaf1", "--yes"), "--yes needs --fingerprint"),
    ],
)
def test_wrong_usage_exits_2_and_contacts_nobody(
    netdoctor: Any, inventory: str, arguments: tuple[str, ...], message: str
) -> None:
    result = netdoctor("devices", *arguments, "--inventory", inventory)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_malformed_inventory_exits_2_and_names_its_line(netdoctor: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("devices:\n  leaf1: {hots: x}\n")
    result = netdoctor("devices", "list", "--inventory", str(path))
    assert result.returncode == 2
    assert result.stderr.startswith(
        f"netdoctor: {path}:2: key 'devices.leaf1.hots': unknown key, did you mean 'host'?"
    )


def test_test_asks_every_command_and_tells_what_is_not_read(netdoctor: Any, fabric: Any) -> None:
    name = next(iter(fabric.endpoints))
    result = netdoctor("devices", "test", name, "--inventory", str(fabric.inventory))
    head, *bad = result.stdout.splitlines()
    assert head.startswith(f"{name}: ")
    assert " answers read, " in head
    assert (result.returncode == 0) == (head.endswith(" 0 bad"))
    assert len(bad) == int(head.split()[-2])


def test_test_of_a_device_that_is_down_exits_1(netdoctor: Any, fabric: Any, tmp_path: Path) -> None:
    path = tmp_path / "netdoctor.yaml"
    path.write_text("devices: {gone: {host: 127.0.0.1, port: 9, platform: linux}}\n")
    result = netdoctor("devices", "test", "gone", "--inventory", str(path))
    assert result.returncode == 1
    assert result.stdout == (
        "gone: could not be reached: connection refused by 127.0.0.1:9\n"
        "  check the management address and port, and that this host has a route to it\n"
    )


@pytest.fixture
def stranger(fabric: Any, tmp_path: Path) -> tuple[str, str, Path]:
    """A running device that nobody trusts yet: its name, an inventory, and the empty known_hosts file."""
    folder = tmp_path / "stranger"
    shutil.copytree(fabric.folder, folder, ignore=shutil.ignore_patterns("known_hosts"))
    path = folder / "netdoctor.yaml"
    path.write_text(path.read_text().replace(str(fabric.folder), str(folder)))
    return next(iter(fabric.endpoints)), str(path), folder / "known_hosts"


def fingerprint_of(shown: str) -> str:
    return next(word for word in shown.split() if word.startswith("SHA256:"))


def test_trust_records_a_key_whose_fingerprint_is_known(
    netdoctor: Any, stranger: tuple[str, str, Path]
) -> None:
    name, inventory, known_hosts = stranger
    before = netdoctor("devices", "test", name, "--inventory", inventory)
    assert "host key not trusted: unknown host key" in before.stdout
    fingerprint = fingerprint_of(before.stdout)
    wrong = netdoctor(
        "devices", "trust", name, "--inventory", inventory, "--yes", "--fingerprint", "SHA256:x"
    )
    assert wrong.returncode == 1
    assert f"{name} shows {fingerprint}, not SHA256:x: nothing is recorded" in wrong.stderr
    assert not known_hosts.exists()
    trusted = netdoctor(
        "devices", "trust", name, "--inventory", inventory, "--yes", "--fingerprint", fingerprint
    )
    assert trusted.returncode == 0
    assert f"recorded in {known_hosts}" in trusted.stdout
    assert known_hosts.stat().st_mode & 0o777 == 0o600
    again = netdoctor("devices", "trust", name, "--inventory", inventory)
    assert again.returncode == 0
    assert "recorded already" in again.stdout


def test_trust_without_anybody_to_confirm(netdoctor: Any, stranger: tuple[str, str, Path]) -> None:
    name, inventory, known_hosts = stranger
    result = netdoctor("devices", "trust", name, "--inventory", inventory)
    assert result.returncode == 2
    assert "give --fingerprint SHA256:... and --yes" in result.stderr
    assert not known_hosts.exists()


@pytest.mark.parametrize(("answer", "recorded"), [("y", True), ("n", False), ("", False)])
def test_trust_asks_at_the_terminal(
    stranger: tuple[str, str, Path], environ: dict[str, str], answer: str, recorded: bool
) -> None:
    name, inventory, known_hosts = stranger
    argv = [NETDOCTOR, "devices", "trust", name, "--inventory", inventory]
    with terminal(argv, environ) as keyboard:
        said = read_until(keyboard, "Record it?")
        os.write(keyboard, f"{answer}\n".encode())
        said += read_all(keyboard)
    assert "not recorded" in said
    assert known_hosts.exists() == recorded


def test_a_changed_key_is_shown_as_changed_and_replaced_when_confirmed(
    fabric: Any, stranger: tuple[str, str, Path], environ: dict[str, str]
) -> None:
    name, inventory, known_hosts = stranger
    one, other = (fabric.endpoints[key] for key in list(fabric.endpoints)[:2])
    known_hosts.write_text(
        f"[127.0.0.1]:{one.port} {other.host_key}\n[127.0.0.1]:{other.port} {other.host_key}\n"
    )
    argv = [NETDOCTOR, "devices", "trust", name, "--inventory", inventory]
    with terminal(argv, environ) as keyboard:
        said = read_until(keyboard, "Replace the old one?")
        os.write(keyboard, b"y\n")
        read_all(keyboard)
    assert "CHANGED: recorded is SHA256:" in said
    assert known_hosts.read_text().splitlines() == [
        f"[127.0.0.1]:{other.port} {other.host_key}",
        f"[127.0.0.1]:{one.port} {one.host_key}",
    ]


def test_trust_of_a_device_that_is_down(netdoctor: Any, tmp_path: Path) -> None:
    path = tmp_path / "netdoctor.yaml"
    path.write_text("devices: {gone: {host: 127.0.0.1, port: 9}}\n")
    result = netdoctor("devices", "trust", "gone", "--inventory", str(path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("netdoctor: gone: connection refused by 127.0.0.1:9\n")
