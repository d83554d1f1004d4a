"""What an inventory may say, where it is looked for, and how each mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from netdoctor.inventory import InventoryError, find, load
from netdoctor.model.devices import Device, Network
from netdoctor.model.entities import LinkEnd

WHOLE = """\
defaults: {username: oncall, platform: auto, jump: bastion1}
known_hosts: known_hosts
devices:
  leaf1: {host: 192.0.2.11, port: 2222, platform: arista_eos, site: ams1, role: leaf, tags: [prod]}
  spine1: {host: spine1.example.net, platform: linux, jump: "ops@192.0.2.9:22", username: admin}
  bastion1: {host: 192.0.2.1, identity: keys/bastion, password_env: BASTION_PASSWORD}
links:
  - [leaf1:Ethernet1, spine1:swp1]
services:
  dns: [{address: 192.0.2.53, names: [www.example.net]}]
"""


def written(folder: Path, text: str, name: str = "netdoctor.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_whole_inventory_with_defaults_merged_in(tmp_path: Path) -> None:
    network = load(str(written(tmp_path, WHOLE)), {})
    known_hosts = str(tmp_path / "known_hosts")
    assert network == Network(
        devices={
            "leaf1": Device(
                name="leaf1",
                host="192.0.2.11",
                port=2222,
                platform="arista_eos",
                username="oncall",
                jump="bastion1",
                known_hosts=known_hosts,
                site="ams1",
                role="leaf",
                tags=("prod",),
            ),
            "spine1": Device(
                name="spine1",
                host="spine1.example.net",
                platform="linux",
                username="admin",
                jump="ops@192.0.2.9:22",
                known_hosts=known_hosts,
            ),
            "bastion1": Device(
                name="bastion1",
                host="192.0.2.1",
                username="oncall",
                identity=str(tmp_path / "keys/bastion"),
                password_env="BASTION_PASSWORD",
                known_hosts=known_hosts,
            ),
        },
        links=((LinkEnd("leaf1", "Ethernet1"), LinkEnd("spine1", "swp1")),),
    )


DEVICES = "devices:\n  leaf1: {host: 192.0.2.11}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("devices:\n  leaf1: {hots: x}", ":2: key 'devices.leaf1.hots': unknown key, did you mean 'host'?"),
        ("device:\n  leaf1: {host: x}", ":1: key 'device': unknown key, did you mean 'devices'?"),
        ("defaults: {usrname: x}", ":1: key 'defaults.usrname': unknown key, did you mean 'username'?"),
        ("devices:\n  leaf1: {site: ams1}", ":2: key 'devices.leaf1': missing 'host'"),
        ("devices:\n  leaf1:", ":2: key 'devices.leaf1': missing 'host'"),
        (DEVICES + "  leaf1: {host: x}", ":3: key 'devices.leaf1': given twice, first on line 2"),
        ("devices: [leaf1]", ":1: key 'devices': expected 'object', got 'array'"),
        ("devices: {l: {host: x, port: ssh}}", ":1: key 'devices.l.port': expected 'int', got 'str'"),
        ("devices: {l: {host: x, port: 70000}}", ":1: key 'devices.l.port': expected 'int' <= 65535"),
        ("devices: {l: {host: ''}}", ":1: key 'devices.l.host': expected 'str' of length >= 1"),
        ("devices: {l: {host: 10}}", ":1: key 'devices.l.host': expected 'str', got 'int'"),
        (
            "devices:\n  l:\n    host: x\n    platform: arista_eoss",
            ":4: key 'devices.l.platform': unknown platform 'arista_eoss', did you mean 'arista_eos'?",
        ),
        (
            DEVICES + "links:\n- [leaf1:Et1, leef1:Et1]",
            ":4: key 'links[0][1]': unknown device 'leef1', did you mean 'leaf1'?",
        ),
        (
            DEVICES + "links:\n- [leaf1, leaf1:Et1]",
            ":4: key 'links[0][0]': a link's end is written DEVICE:INTERFACE, not 'leaf1'",
        ),
        (DEVICES + "links:\n- [leaf1:Et1]", ":4: key 'links[0]': expected 'array' of length 2, got 1"),
        (
            "devices:\n  a/b: {host: x}",
            ":2: key 'devices.a/b': a device name is made of letters, digits, dots, underscores and hyphens",
        ),
        (
            DEVICES + "services:\n  dnss: [{address: x}]",
            ":3: key 'services': unknown word 'dnss', did you mean 'dns'?",
        ),
        (DEVICES + "services:\n  dns: [{names: [x]}]", ":4: key 'services.dns[0]': missing 'address'"),
        (
            "devices:\n  a: {host: x, jump: b}\n  b: {host: y, jump: a}",
            ":2: key 'devices.a.jump': jump hosts lead in a circle: a > b > a",
        ),
        (
            DEVICES + "  leaf2: {host: x, jump: leef1}",
            ":3: key 'devices.leaf2.jump': unknown device 'leef1', did you mean 'leaf1'?",
        ),
        (
            "devices:\n  l:\n    host: x\n    password: hunter2",
            ":4: key 'devices.l.password': secrets do not stand in files; "
            "write `password_env: VARIABLE`, `keyring: SERVICE` or `ask_password: true`",
        ),
        (
            "defaults: &d {username: x}",
            ":1: key 'defaults': anchors and aliases are not read; write the value out",
        ),
        ("devices: {", ":2: not YAML: did not find expected node content"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text + "\n")
    with pytest.raises(InventoryError) as caught:
        load(str(path), {})
    assert str(caught.value) == f"{path}{message}"
    assert "hunter2" not in str(caught.value)


def test_the_files_of_a_folder_are_read_as_one(tmp_path: Path) -> None:
    written(tmp_path, "defaults: {username: oncall}\n", "00-defaults.yaml")
    written(
        tmp_path, "devices: {leaf1: {host: 192.0.2.11}}\nlinks: [[leaf1:Et1, spine1:Et1]]\n", "10-leaves.yml"
    )
    written(tmp_path, "devices: {spine1: {host: 192.0.2.21}}\n", "20-spines.yaml")
    written(tmp_path, "not read", "README.txt")
    network = load(str(tmp_path), {})
    assert sorted(network.devices) == ["leaf1", "spine1"]
    assert {device.username for device in network.devices.values()} == {"oncall"}
    assert network.intended_neighbors("spine1") == ("leaf1",)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (
            "devices: {a: {host: x}}",
            "devices: {a: {host: y}}",
            "2.yaml:1: key 'devices.a': this device stands in another file too",
        ),
        (
            "defaults: {username: x}",
            "defaults: {username: y}",
            "2.yaml:1: key 'defaults.username': another file gives this default another value",
        ),
    ],
)
def test_files_of_a_folder_may_not_disagree(tmp_path: Path, one: str, other: str, message: str) -> None:
    written(tmp_path, one, "1.yaml")
    written(tmp_path, other, "2.yaml")
    with pytest.raises(InventoryError) as caught:
        load(str(tmp_path), {})
    assert str(caught.value) == f"{tmp_path}/{message}"


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("missing.yaml", "missing.yaml: cannot be read: No such file or directory"),
        ("empty", "empty: no .yaml file in this folder"),
        ("https://example.net/devices.yaml", "an inventory is a file or a folder; download it first"),
        ("ssh_config:missing", "missing: cannot be read: No such file or directory"),
    ],
)
def test_a_location_that_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, location: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InventoryError) as caught:
        load(location, {})
    assert message in str(caught.value)


def test_the_search_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, config = tmp_path / "here", tmp_path / "config"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(platformdirs, "user_config_path", lambda name: config / name)
    (config / "netdoctor").mkdir(parents=True)
    assert find(None, {}) is None
    assert load(None, {}) == Network()
    written(config / "netdoctor", "devices: {}\n")
    assert find(None, {}) == str(config / "netdoctor" / "netdoctor.yaml")
    written(here, "devices: {}\n")
    assert find(None, {}) == "netdoctor.yaml"
    assert find(None, {"NETDOCTOR_INVENTORY": "from-environment"}) == "from-environment"
    assert find("asked", {"NETDOCTOR_INVENTORY": "from-environment"}) == "asked"


SSH_CONFIG = """\
Host leaf1 leaf2
    HostName %h.example.net
    User oncall
Host leaf2
    Port 2222
    User ignored
Host spine*
    User wildcard
Host spine1
    HostName=192.0.2.21
    ProxyJump bastion1
    IdentityFile "~/.ssh/spine key"  # quoted
Match host leaf1
    Port 99
Host * !leaf1
    User everyone
    UserKnownHostsFile ~/.ssh/fabric_known_hosts
"""


@pytest.mark.parametrize("location", ["ssh_config:{}", "{}"])
def test_the_hosts_of_an_ssh_configuration(tmp_path: Path, location: str) -> None:
    path = written(tmp_path, SSH_CONFIG, "ssh_config")
    fabric = "~/.ssh/fabric_known_hosts"
    assert load(location.format(path), {}).devices == {
        "leaf1": Device(name="leaf1", host="leaf1.example.net", username="oncall"),
        "leaf2": Device(
            name="leaf2", host="leaf2.example.net", username="oncall", port=2222, known_hosts=fabric
        ),
        "spine1": Device(
            name="spine1",
            host="192.0.2.21",
            username="wildcard",
            jump="bastion1",
            identity="~/.ssh/spine key",
            known_hosts=fabric,
        ),
    }


def test_an_ssh_configuration_with_includes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh" / "config.d").mkdir(parents=True)
    written(tmp_path / ".ssh", "Include config.d/*\n", "config")
    written(tmp_path / ".ssh" / "config.d", "Host leaf1\n  HostName 192.0.2.11\n", "fabric")
    assert load("ssh_config:", {}).devices == {"leaf1": Device(name="leaf1", host="192.0.2.11")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Host a\n  Port ssh\n", "ssh_config: Port 'ssh' of host a is not a port number"),
        ("Host a\n  User 'x\n", "ssh_config:2: no closing quotation"),
        ("Include {path}\n", "Include goes deeper than 8 files"),
    ],
)
def test_a_mistake_in_an_ssh_configuration(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "ssh_config"
    written(tmp_path, text.format(path=path), "ssh_config")
    with pytest.raises(InventoryError) as caught:
        load(str(path), {})
    assert message in str(caught.value)
