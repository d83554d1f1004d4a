"""The command group: commands found by looking, and one line for whatever goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import click
import pytest
from click.testing import CliRunner, Result

from netdoctor.cli import main
from netdoctor.cli.group import Commands

MODULES = {
    "good": """
        '''Do good.

        More of it.'''
        import click
        @click.command()
        def command(): click.echo("done")
    """,
    "code": """
        '''Exit with a code.'''
        import click
        @click.command()
        def command() -> int: return 1
    """,
    "helper": """
        '''No command at all.'''
        def help_out(): ...
    """,
    "broken": """
        '''Divide.'''
        import click
        @click.command()
        @click.option("-v", is_flag=True)
        def command(v):
            error = ZeroDivisionError("by nought")
            error.add_note("kept in X")
            raise error
    """,
    "two_words": """
        '''Two words.'''
        import click
        command = click.Command("two-words", callback=lambda: None)
    """,
    "picky": """
        '''Refuse.'''
        import click
        from netdoctor.engine.store import RunNotFound
        @click.command()
        def command(): raise RunNotFound("no run")
    """,
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[click.Group]:
    """A group over a package of our own."""
    folder = tmp_path / "some_commands"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name, source in MODULES.items():
        (folder / f"{name}.py").write_text(dedent(source))
    monkeypatch.syspath_prepend(tmp_path)
    yield Commands("netdoctor", package="some_commands")
    for name in [name for name in sys.modules if name.partition(".")[0] == "some_commands"]:
        del sys.modules[name]


def run(group: click.Group, *arguments: str) -> Result:
    return CliRunner().invoke(group, arguments, prog_name="netdoctor")


def test_every_module_with_a_command_is_one_and_helpers_are_not(package: click.Group) -> None:
    shown = run(package, "--help").stdout
    assert "  good       Do good.\n" in shown
    assert "two-words" in shown
    assert "helper" not in shown


def test_nothing_is_imported_to_show_the_list(package: click.Group) -> None:
    run(package, "--help")
    assert not [name for name in sys.modules if name.startswith("some_commands.")]


@pytest.mark.parametrize(
    ("arguments", "code", "stdout", "stderr"),
    [
        (["good"], 0, "done\n", ""),
        (["code"], 1, "", ""),
        (["two-words"], 0, "", ""),
        (["helper"], 2, "", "netdoctor: no such command 'helper'\nTry `netdoctor --help`.\n"),
        (["god"], 2, "", "netdoctor: no such command 'god', did you mean 'good'?\nTry `netdoctor --help`.\n"),
        (["picky"], 2, "", "netdoctor: no run\n"),
        (
            ["broken"],
            3,
            "",
            "netdoctor: internal error: ZeroDivisionError: by nought\nnetdoctor: kept in X\n"
            "netdoctor: -v shows where\n",
        ),
    ],
)
def test_exit_codes_and_messages(
    package: click.Group, arguments: list[str], code: int, stdout: str, stderr: str
) -> None:
    result = run(package, *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (code, stdout, stderr)


def test_internal_error_shows_where_when_asked(package: click.Group) -> None:
    assert "Traceback" in run(package, "broken", "-v").stderr


def test_nothing_is_printed_into_a_line_being_completed(
    package: click.Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_NETDOCTOR_COMPLETE", "unknown_shell")
    result = run(package, "broken")
    assert (result.exit_code != 0, result.output) == (True, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["investgate"], "no such command 'investgate', did you mean 'investigate'?"),
        (["runs", "lst"], "Did you mean"),
        (["investigate"], "Missing argument 'TARGET...'"),
        (["investigate", "a", "--symptm", "x"], "No such option '--symptm'. Did you mean '--symptom'?"),
        (["investigate", "a", "--area", "optic"], "did you mean 'optics'?"),
        (["investigate", "a", "--platform", "arista"], "did you mean 'arista_eos'?"),
        (
            ["investigate", "a", "--format", "jsn"],
            "'jsn' is not one of text, json, jsonl, did you mean 'json'?",
        ),
        (["investigate", "a", "--interval", "1"], "'--interval': 1 is too short: at least 2 s"),
        (["investigate", "a", "--interval", "1x"], "'--interval': not a duration: '1x'"),
        (["investigate", "a", "--interval", "50"], "--interval must be shorter than --deadline"),
        (["investigate", "a", "--port", "0"], "'--port'"),
        (["investigate", "a", "--depth", "x"], "'--depth'"),
        (["investigate", "a", "--share", "no-such-group"], "no group 'no-such-group'"),
        (
            ["investigate", "a", "-o", "no/such/folder/report"],
            "cannot write no/such/folder/report: no folder",
        ),
        (["investigate", "a", "--identity", "no-such-key"], "'no-such-key' does not exist"),
        (["investigate", "a", "--checks-dir", "no-such-folder"], "'no-such-folder' does not exist"),
        (["investigate", "a", "--inventory", "no-such-file"], "no-such-file"),
        (["schema", "reports"], "did you mean 'report'?"),
        (["completions", "tcsh"], "'tcsh' is not one of bash, zsh, fish"),
        (["report", "no-such-run"], "no run and no file 'no-such-run'"),
        (["analyze", "no-such-bundle"], "no run and no file 'no-such-bundle'"),
        (["collect", "a"], "Missing option '-o'"),
    ],
)
def test_wrong_usage_is_answered_in_a_line_with_the_nearest_right_word(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    result = run(main, *arguments)
    first = result.stderr.splitlines()[0]
    assert result.exit_code == 2
    assert first.startswith("netdoctor: ")
    assert said in first
    assert result.stdout == ""


def test_no_command_shows_the_help_and_is_wrong_usage() -> None:
    result = run(main)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: netdoctor")


def test_every_command_has_a_title_and_a_help_page() -> None:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert run(main, name, "--help").exit_code == 0


def test_version() -> None:
    assert run(main, "--version").stdout.startswith("netdoctor 0.")
