"""List, show and test the inventory's devices; trust their host keys."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from netdoctor import inventory
from netdoctor.cli.options import TargetName, inventory_option
from netdoctor.model.devices import Device, Network

if TYPE_CHECKING:
    from netdoctor.cli.rehearsal import Rehearsal
    from netdoctor.transport.trust import PresentedKey


@click.group()
def command() -> None:
    """List, show and test the inventory's devices; trust their host keys."""


@command.command("list")
@inventory_option
def list_devices(inventory_at: str | None) -> None:
    """List the devices of the inventory."""
    from netdoctor.cli.rulebook import write_rows

    network = _network(inventory_at)
    if not network.devices:
        where = inventory.find(inventory_at, os.environ)
        click.echo(
            f"netdoctor: no devices in {where}" if where else "netdoctor: no inventory found", err=True
        )
        return
    rows: list[tuple[str, ...]] = [("NAME", "HOST", "PLATFORM", "SITE", "ROLE", "JUMP")]
    for device in sorted(network.devices.values(), key=lambda device: device.name):
        cells = (device.site, device.role, device.jump)
        rows.append((device.name, _address(device), device.platform, *(cell or "-" for cell in cells)))
    write_rows(rows)


@command.command()
@click.argument("name", type=TargetName())
@inventory_option
def show(name: str, inventory_at: str | None) -> None:
    """Show what is known of a device, and where its credentials come from; never a secret."""
    from netdoctor.cli.rulebook import write_rows

    network, device = _found(_network(inventory_at), name)
    write_rows(_facts(network, device))


@command.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True, type=TargetName())
@inventory_option
@click.option("-v", "--verbose", is_flag=True, help="Show what the device does not know, too.")
def test(names: tuple[str, ...], inventory_at: str | None, verbose: bool) -> int:
    """Log in, and ask every command that a run might ask.

    Exit code: 0 every answer was read, or the device does not know the command; 1 otherwise.
    """
    from netdoctor.cli import output, running
    from netdoctor.cli.rehearsal import rehearse
    from netdoctor.view import words

    network, chosen = _network(inventory_at), []
    for name in names:
        network, device = _found(network, name)
        chosen.append(device.name)
    results = rehearse(network, list(dict.fromkeys(chosen)), running.ask_plainly)
    lines = (words.printable(line, keep_spaces=True) for result in results for line in _told(result, verbose))
    output.write("".join(f"{line}\n" for line in lines), None)
    return 0 if all(result.good for result in results) else 1


@command.command()
@click.argument("name", type=TargetName())
@inventory_option
@click.option(
    "--fingerprint", metavar="SHA256:...", help="What the key must be, as you know it from elsewhere."
)
@click.option("--yes", is_flag=True, help="Do not ask; needs --fingerprint.")
def trust(name: str, inventory_at: str | None, fingerprint: str | None, yes: bool) -> int:
    """Show a device's host key, and record it once you confirm it.

    Compare the fingerprint with the one the device shows on its console. Nobody logs in.

    Exit code: 0 recorded, now or before; 1 not.
    """
    from netdoctor.transport import trust as keys
    from netdoctor.transport.session import SessionError

    if yes and not fingerprint:
        raise click.UsageError("--yes needs --fingerprint: a key that nobody compared is not to be trusted")
    network, device = _key_holder(_network(inventory_at), name)
    try:
        key = asyncio.run(_presented(network, device))
    except SessionError as error:
        return _failed(f"{device.name}: {error.detail}", error.advice)
    _show_key(device, key)
    if fingerprint and fingerprint != key.fingerprint:
        return _failed(f"{device.name} shows {key.fingerprint}, not {fingerprint}: nothing is recorded")
    if key.status == "known":
        return 0
    if not yes and not _confirmed(key):
        return _failed("nothing is recorded")
    keys.record(key)
    click.echo(f"recorded in {key.file}")
    return 0


def _network(inventory_at: str | None) -> Network:
    return inventory.load(inventory_at, os.environ)


def _found(network: Network, name: str) -> tuple[Network, Device]:
    """The device of a name, and the network with it. Raises InventoryError."""
    known, device, interface = inventory.resolve(network, name)
    if interface is not None:
        raise click.UsageError(f"a device is wanted here, not an interface of one: {name!r}")
    return known, known.devices[device]


def _key_holder(network: Network, name: str) -> tuple[Network, Device]:
    """A device, or the jump host that `user@host:port` means."""
    from netdoctor.transport.jump import outside

    host = outside(name) if "@" in name else None
    return (network, host) if host is not None else _found(network, name)


def _address(device: Device) -> str:
    host = f"[{device.host}]" if ":" in device.host else device.host
    return host if device.port == 22 else f"{host}:{device.port}"


def _facts(network: Network, device: Device) -> Iterator[tuple[str, str]]:
    """What is known of a device, a name and a value a row."""
    yield "name", device.name
    yield "host", _address(device)
    yield "platform", device.platform if device.platform != "auto" else "auto: recognised from the session"
    yield "user", device.username or "as ~/.ssh/config says, else the local user"
    yield "login by", ", ".join(_methods(device)) or "the keys of the agent and of ~/.ssh"
    if device.enable_password_env:
        yield "enable by", f"password in {_variable(device.enable_password_env)}"
    yield "host key in", device.known_hosts or "~/.ssh/known_hosts and the system's"
    yield "jump", device.jump or "as ~/.ssh/config says, else none"
    for field in ("site", "role"):
        if value := getattr(device, field):
            yield field, value
    if device.tags:
        yield "tags", ", ".join(device.tags)
    for ends in network.links:
        if device.name in {end.device for end in ends}:
            yield "link", " - ".join(f"{end.device}:{end.interface}" for end in ends)


def _methods(device: Device) -> Iterator[str]:
    """The configured ways to log in, each offered once."""
    if device.identity:
        yield f"key file {device.identity}"
    if device.password_env:
        yield f"password in {_variable(device.password_env)}"
    if device.keyring:
        yield f"password in the keyring, service {device.keyring}"
    if device.ask_password:
        yield "password asked at the terminal"


def _variable(name: str) -> str:
    return f"${name}{'' if name in os.environ else ' (not set)'}"


def _told(result: Rehearsal, verbose: bool) -> Iterator[str]:
    """A device's lines: how it went, then each command that was not answered and read."""
    from netdoctor.view import words

    name = result.device.name
    if result.failure is not None:
        yield f"{name}: {words.REASONS[result.failure.reason]}: {result.failure.detail}"
        yield f"  {result.failure.advice}"
        return
    read = sum(outcome.reason is None for outcome in result.outcomes)
    unknown = sum(outcome.reason == "unsupported" for outcome in result.outcomes)
    bad = len(result.outcomes) - read - unknown
    yield (
        f"{name}: {result.platform}, {words.duration(result.duration_s)}: "
        f"{words.count(read, 'answer')} read, {unknown} not known to it, {bad} bad"
    )
    for outcome in result.outcomes:
        if outcome.reason is not None and (verbose or outcome.reason != "unsupported"):
            yield f"  {outcome.command}: {words.REASONS[outcome.reason]}: {outcome.detail}"


async def _presented(network: Network, device: Device) -> PresentedKey:
    from netdoctor.transport.ssh import Connector

    connector = Connector(network)
    try:
        return await connector.host_key(device)
    finally:
        await connector.close()


def _show_key(device: Device, key: PresentedKey) -> None:
    state = {
        "known": "recorded already",
        "unknown": "not recorded",
        "changed": f"CHANGED: recorded is {', '.join(key.recorded)}",
    }
    click.echo(f"{device.name} at {key.where}\n{key.algorithm} {key.fingerprint}\n{state[key.status]}")


def _confirmed(key: PresentedKey) -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("nobody can confirm here: give --fingerprint SHA256:... and --yes")
    if key.status == "changed":
        return click.confirm(
            "Was this device given a new key, and is the fingerprint right? Replace the old one?"
        )
    return click.confirm("Is the fingerprint the one the device shows on its console? Record it?")


def _failed(message: str, advice: str = "") -> int:
    click.echo(f"netdoctor: {message}", err=True)
    if advice:
        click.echo(advice, err=True)
    return 1
