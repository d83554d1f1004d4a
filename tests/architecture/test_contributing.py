"""The worked examples of CONTRIBUTING.md, carried out as a newcomer would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from netdoctor.cli import main

_EXAMPLE = re.compile(r"^```\w+\n# (?P<path>\S+/\S+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def examples(checkout: Path) -> dict[str, str]:
    """The files that CONTRIBUTING.md writes, by path."""
    text = (checkout / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {found["path"]: found["body"] for found in _EXAMPLE.finditer(text)}


def write(files: dict[str, str], root: Path) -> None:
    for path, body in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, encoding="utf-8")


def test_a_check_is_one_new_file(examples: dict[str, str], tmp_path: Path) -> None:
    checks = {path: body for path, body in examples.items() if path.startswith("checks/")}
    assert len(checks) == 1
    write(checks, tmp_path)
    folder = str(tmp_path / "checks")
    check_id = ".".join(Path(next(iter(checks))).with_suffix("").parts[-2:])
    for arguments, said in (
        (["lint", folder], "no mistakes"),
        (["test", folder], ""),
        (["list", "--checks-dir", folder], check_id),
        (["explain", check_id, "--checks-dir", folder], "RFC 5905"),
    ):
        result = CliRunner().invoke(main, ["checks", *arguments])
        assert result.exit_code == 0, result.output
        assert said in result.stdout


@pytest.mark.slow
def test_a_platform_is_one_new_folder(checkout: Path, examples: dict[str, str], tmp_path: Path) -> None:
    """A copy of the project with the folder added; the tests of every platform are run on the new one."""
    platform = {path: body for path, body in examples.items() if "/platforms/" in path}
    folders = {Path(path).relative_to("src/netdoctor/platforms").parts[0] for path in platform}
    assert len(folders) == 1
    without_samples = shutil.ignore_patterns("samples", "__pycache__")
    shutil.copytree(checkout / "src", tmp_path / "src", ignore=without_samples)
    shutil.copytree(checkout / "tests/platforms", tmp_path / "tests/platforms")
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    write(platform, tmp_path)
    argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/platforms/test_common.py"]
    argv += ["tests/platforms/test_samples.py", "-k", folders.pop()]
    environ = os.environ | {"PYTHONPATH": str(tmp_path / "src"), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(argv, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"(\d+) passed", done.stdout)[-1]) > 20
