"""`netdoctor parse`: the facts in one pasted output."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import IO, Any

import click


@click.command(short_help="Show the facts in one pasted output.")
@click.option("--platform", "platform_name", metavar="P", required=True, help="The platform of the device.")
@click.option("--command", "command_text", metavar="CMD", required=True, help="The command that was run.")
@click.argument("file", type=click.File("rb"), default="-")
def command(platform_name: str, command_text: str, file: IO[bytes]) -> None:
    """Print the facts in an output, as JSON; nothing is contacted.

    FILE holds what the device printed, the prompt and the echo of the command may stand before it; `-` is
    the standard input. Secrets are taken out before anything is shown.

    Exit codes: 0 parsed; 1 nothing was understood in a text that is not empty; 2 unknown platform or command.
    """
    from netdoctor import platforms
    from netdoctor.platforms import pasted

    try:
        platform = platforms.get(platform_name)
    except platforms.UnknownPlatform as error:
        raise click.BadParameter(str(error), param_hint="--platform") from None
    from netdoctor.transport.redact import redact

    output = redact(file.read().decode(errors="replace"))
    found = pasted.reader_of(platform, command_text, output)
    if found is None:
        raise click.BadParameter(_unknown(command_text, platform), param_hint="--command")
    answer = pasted.answer(output, command_text)
    refused = platform.refusal(answer)
    facts, notes, failed = ([], [_refusal(refused)], True) if refused else _understood(*found, answer)
    _print(
        {"platform": platform_name, "command": command_text, "facts": facts, "not_understood": notes},
    )
    sys.exit(1 if failed else 0)


def _refusal(reason: str) -> dict[str, Any]:
    words = {"not_authorised": "for want of rights", "unsupported": "it does not know it"}
    return {"line": None, "text": f"the device refused the command: {words.get(reason, reason)}"}


def _understood(reader: Any, arguments: dict[str, str], answer: str) -> tuple[list[Any], list[Any], bool]:
    """Facts and lines that were not understood, as JSON values; and whether nothing was understood."""
    from netdoctor.platforms.base import NotUnderstood, understand

    try:
        facts, notes = understand(reader.parse, answer, arguments, datetime.now(UTC))
    except NotUnderstood as error:
        return [], [{"line": None, "text": str(error)}], True
    except Exception as error:  # noqa: BLE001 - whatever a parser makes of a pasted text, it is told
        return [], [{"line": None, "text": f"the parser failed: {error!r}"}], True
    return [_plain(fact) for fact in facts], [{"line": n.line, "text": n.text} for n in notes], False


def _plain(fact: Any) -> dict[str, Any]:
    """A fact with its type, its entity where the contract has one, and all fields that the device gave."""
    import msgspec

    known: dict[str, Any] = msgspec.to_builtins(fact.known())
    entity = {"entity": fact.entity("device")} if {"interface", "peer"} & set(fact.__struct_fields__) else {}
    return {"type": type(fact).__name__, **known, **entity}


def _unknown(text: str, platform: Any) -> str:
    from netdoctor.model.suggest import nearest

    known = [command.template for command in platform.commands]
    return f"{platform.name} has no parser for {text!r}{nearest(text, known)}"


def _print(value: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
