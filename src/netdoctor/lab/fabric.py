"""The running fabric: every device's server, and the folder that an engineer needs to reach them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import asyncssh
import yaml

from netdoctor.lab.servers import KEY_TYPE, LOOPBACK, REALISTIC, Endpoint, Latency, serve
from netdoctor.lab.world import World

USERNAME = "oncall"


class Fabric(NamedTuple):
    """A fabric that answers. `folder` holds the key, the known hosts and the inventory."""

    folder: Path
    endpoints: dict[str, Endpoint]

    @property
    def inventory(self) -> Path:
        return self.folder / "netdoctor.yaml"

    @property
    def identity(self) -> Path:
        return self.folder / "id_ed25519"

    @property
    def known_hosts(self) -> Path:
        return self.folder / "known_hosts"


@asynccontextmanager
async def run(world: World, *, latency: Latency = REALISTIC, seed: int = 1) -> AsyncIterator[Fabric]:
    """Serves a world over SSH on loopback until the block ends, however it ends.

    The user's key and the hosts' keys are made for this run. Nothing stays behind.
    """
    folder = Path(tempfile.mkdtemp(prefix="netdoctor-lab-"))  # mode 0700
    try:
        key = asyncssh.generate_private_key(KEY_TYPE)
        public = key.export_public_key().decode()
        async with AsyncExitStack() as stack:
            endpoints = {
                name: await stack.enter_async_context(
                    serve(world, device, public, latency=latency, seed=seed)
                )
                for name, device in world.devices.items()
            }
            fabric = Fabric(folder, endpoints)
            _write(fabric, world, key)
            yield fabric
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(fabric: Fabric, world: World, key: asyncssh.SSHKey) -> None:
    descriptor = os.open(fabric.identity, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.export_private_key())
    known = (f"[{LOOPBACK}]:{e.port} {e.host_key}\n" for e in fabric.endpoints.values())
    fabric.known_hosts.write_text("".join(known), encoding="utf-8")
    inventory = yaml.safe_dump(_inventory(fabric, world), sort_keys=False)
    fabric.inventory.write_text(inventory, encoding="utf-8")


def _inventory(fabric: Fabric, world: World) -> dict[str, Any]:
    return {
        "defaults": {
            "username": USERNAME,
            "host": LOOPBACK,
            "identity": str(fabric.identity),
            "known_hosts": str(fabric.known_hosts),
        },
        "devices": {
            name: {
                "port": endpoint.port,
                "platform": world.devices[name].platform,
                "role": name.rstrip("0123456789"),
            }
            for name, endpoint in fabric.endpoints.items()
        },
        "links": [[f"{end.device.name}:{end.name}" for end in ends] for ends in world.intended_links],
    }
