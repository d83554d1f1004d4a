"""Print a completion script for bash, zsh or fish."""

from __future__ import annotations

import click

from netdoctor.cli.options import Word


@click.command()
@click.argument("shell", type=Word(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash   netdoctor completions bash > ~/.local/share/bash-completion/completions/netdoctor
    zsh    netdoctor completions zsh > a folder of $fpath, as _netdoctor
    fish   netdoctor completions fish > ~/.config/fish/completions/netdoctor.fish
    """
    from netdoctor.cli import output

    output.write(script(shell), None)


def script(shell: str) -> str:
    """The script; device names and all else are asked of `netdoctor` itself when completing."""
    from click.shell_completion import get_completion_class

    from netdoctor.cli import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell!r}")
    completer = kind(main, {}, "netdoctor", "_NETDOCTOR_COMPLETE")
    return completer.source_template % completer.source_vars() + "\n"
