"""Learning host keys without logging in, and recording them without harm to other entries."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from netdoctor.transport.session import SessionError
from netdoctor.transport.trust import CannotRecord, PresentedKey, record

from .conftest import HOST


async def test_an_unknown_key_is_shown_and_nobody_logs_in(serve: Any, connect: Any) -> None:
    served = await serve()
    served.known_hosts.write_text("")
    key = await connect().host_key(served.device(identity="/nowhere"))
    assert (key.status, key.recorded) == ("unknown", ())
    assert (key.fingerprint, key.algorithm) == (served.host_key.get_fingerprint(), "ssh-ed25519")
    assert (key.where, key.file) == (f"{HOST}:{served.port}", served.known_hosts)
    assert served.attempts == []


async def test_a_changed_key_is_shown_next_to_the_recorded_one(serve: Any, connect: Any) -> None:
    served = await serve()
    old = asyncssh.generate_private_key("ssh-ed25519")
    served.trust(old)
    key = await connect().host_key(served.device())
    assert (key.status, key.recorded) == ("changed", (old.get_fingerprint(),))


async def test_a_device_with_several_keys_shows_the_recorded_one(serve: Any, connect: Any) -> None:
    first, second = (asyncssh.generate_private_key(kind) for kind in ("ssh-ed25519", "ecdsa-sha2-nistp256"))
    served = await serve()
    await served.stop()
    served.host_keys = [first, second]
    await served.start()
    served.trust(second)
    assert (await connect().host_key(served.device())).status == "known"
    assert await connect().open(served.device())


async def test_through_a_jump_host(serve: Any, connect: Any) -> None:
    bastion, served = await serve("bastion"), await serve()
    device = served.device(jump="bastion")
    key = await connect(bastion.device(), device).host_key(device)
    assert key.status == "known"
    assert len(bastion.forwarded) == 1


async def test_a_device_that_is_down(serve: Any, connect: Any) -> None:
    served = await serve()
    await served.stop()
    with pytest.raises(SessionError) as caught:
        await connect().host_key(served.device())
    assert (caught.value.reason, caught.value.detail) == (
        "unreachable",
        f"connection refused by {HOST}:{served.port}",
    )


NEW = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
OLD = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def presented(file: Path, host: str = "leaf1") -> PresentedKey:
    return PresentedKey("leaf1:22", "ssh-ed25519", "SHA256:x", "unknown", (), file, host, NEW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", []),
        ("leaf1 KEY", []),
        ("leaf1 KEY\nleaf1 KEY\n", []),
        ("leaf2 KEY", ["leaf2 KEY"]),
        ("leaf1,192.0.2.1 KEY", ["192.0.2.1 KEY"]),
        ("leaf1.example.net KEY", ["leaf1.example.net KEY"]),
        ("[leaf1]:2222 KEY", ["[leaf1]:2222 KEY"]),
        ("leaf* KEY", ["leaf* KEY"]),
        ("@cert-authority leaf1 KEY", ["@cert-authority leaf1 KEY"]),
        ("# leaf1 comment\n\nnonsense", ["# leaf1 comment", "", "nonsense"]),
        ("|1|broken|hash x", ["|1|broken|hash x"]),
    ],
)
def test_a_recorded_key_takes_the_place_of_its_hosts_former_keys(
    tmp_path: Path, before: str, after: list[str]
) -> None:
    file = tmp_path / ".ssh" / "known_hosts"
    file.parent.mkdir()
    file.write_text(before.replace("KEY", OLD))
    record(presented(file))
    assert file.read_text().replace(OLD, "KEY").splitlines() == [*after, f"leaf1 {NEW}"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


async def test_a_hashed_entry_is_replaced_too(tmp_path: Path) -> None:
    file = tmp_path / "known_hosts"
    file.write_text(f"leaf1 {OLD}\nleaf2 {OLD}\n")
    hashing = await asyncio.create_subprocess_exec("ssh-keygen", "-q", "-H", "-f", str(file))
    assert await hashing.wait() == 0
    _, second = file.read_text().splitlines()
    record(presented(file))
    assert file.read_text().splitlines() == [second, f"leaf1 {NEW}"]


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / ".ssh" / "known_hosts"
    record(presented(file))
    assert file.read_text() == f"leaf1 {NEW}\n"
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "known_hosts"
    real.write_text(f"leaf2 {OLD}\n")
    link.symlink_to(real)
    record(presented(link))
    assert link.is_symlink()
    assert real.read_text().splitlines() == [f"leaf2 {OLD}", f"leaf1 {NEW}"]


@pytest.mark.parametrize(
    ("file", "message"),
    [("/dev/null", "/dev/null is not a file"), ("/proc/nowhere/known_hosts", "cannot be written")],
)
def test_a_file_that_cannot_be_written(file: str, message: str) -> None:
    with pytest.raises(CannotRecord, match=message):
        record(presented(Path(file)))
