"""The wheel and the sdist: installed into an empty environment they give a working command."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel built from it, by file suffix."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", str(folder), str(checkout))
    return {path.suffix: path for path in folder.iterdir()}


def run(*argv: str, cwd: Path | None = None) -> str:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def check_files(checkout: Path) -> set[str]:
    return {str(path.relative_to(checkout / "checks")) for path in (checkout / "checks").rglob("*.yaml")}


def test_the_wheel_holds_the_checks_and_no_recorded_answers(built: dict[str, Path], checkout: Path) -> None:
    names = zipfile.ZipFile(built[".whl"]).namelist()
    shipped = {name.removeprefix("netdoctor/_checks/") for name in names if "/_checks/" in name}
    assert shipped == check_files(checkout)
    assert "netdoctor/py.typed" in names
    assert not [name for name in names if "/samples/" in name or not name.startswith("netdoctor")]


def test_the_sdist_holds_what_it_takes_to_build_and_read(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "completions/netdoctor.bash",
        "docs/architecture.md",
        "src/netdoctor/cli/__init__.py",
    } <= names
    assert not [name for name in names if ".venv" in name or name.startswith("tests")]


@pytest.mark.parametrize("kind", [".whl", ".gz"])
def test_installed_into_an_empty_environment_it_works(
    built: dict[str, Path], checkout: Path, tmp_path: Path, kind: str
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python, command = (str(tmp_path / "venv/bin" / name) for name in ("python", "netdoctor"))
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(built[kind]))
    listed = run(command, "checks", "list", cwd=tmp_path).splitlines()
    assert len(listed) == len([name for name in check_files(checkout) if not name.startswith("causes/")])
    assert "investigate" in run(command, "--help", cwd=tmp_path)
    assert run(command, "checks", "test", cwd=tmp_path)
    assert run(command, "schema", "report", cwd=tmp_path).startswith("{")
