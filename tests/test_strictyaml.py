"""Strict YAML: what is read, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import strictyaml


class Inner(msgspec.Struct):
    size: int
    mode: Literal["exec", "shell"] = "exec"


class Outer(msgspec.Struct):
    name: str
    inner: Inner | None = None
    by_name: dict[str, Inner] = {}
    many: tuple[Inner, ...] = ()
    pair: tuple[str, str] = ("a", "b")
    level: Literal["low", "high"] | dict[Literal["low", "high"], str] = "low"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on: OpticLane", {"on": "OpticLane"}),
        ("answer: no", {"answer": "no"}),
        ("at: 12:30:00", {"at": "12:30:00"}),
        ("since: 2024-01-01", {"since": "2024-01-01"}),
        ("flag: true", {"flag": True}),
        ("n: [1, -2, 0x10, 1.5, 1e-3, .5]", {"n": [1, -2, 16, 1.5, 0.001, 0.5]}),
        ("port: '22'", {"port": "22"}),
        ("7: seven", {"7": "seven"}),
        ("a: ~\nb:\nc: null", {"a": None, "b": None, "c": None}),
        ("x: =", {"x": "="}),
        ("", None),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    assert strictyaml.parse(text, "f.yaml").value == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nname: b", "f.yaml:2: key 'name': given twice, first on line 1"),
        ("name: a\nnaem: b", "f.yaml:2: key 'naem': unknown key, did you mean 'name'?"),
        ("name: [", "f.yaml:2: not YAML: did not find expected node content"),
        ("inner: {size: 1}", "f.yaml:1: missing 'name'"),
        ("name: a\ninner:\n  size: big", "f.yaml:3: key 'inner.size': expected 'int', got 'str'"),
        ("name: a\ninner:\n  mode: exec", "f.yaml:2: key 'inner': missing 'size'"),
        (
            "name: a\ninner: {size: 1, mode: shel}",
            "f.yaml:2: key 'inner.mode': unknown word 'shel', did you mean 'shell'?",
        ),
        (
            "name: a\nby_name:\n  one: {size: 1}\n  two: {siez: 1}",
            "f.yaml:4: key 'by_name.two.siez': unknown key, did you mean 'size'?",
        ),
        (
            "name: a\nmany:\n- {size: 1}\n- {size: x}",
            "f.yaml:4: key 'many[1].size': expected 'int', got 'str'",
        ),
        ("name: a\npair: [x, 1]", "f.yaml:2: key 'pair[1]': expected 'str', got 'int'"),
        ("name: a\npair: [x]", "f.yaml:2: key 'pair': expected 'array' of length 2, got 1"),
        ("name: a\nlevel: hgih", "f.yaml:2: key 'level': unknown word 'hgih', did you mean 'high'?"),
        ("name: a\nlevel: {hgih: x}", "f.yaml:2: key 'level': unknown word 'hgih', did you mean 'high'?"),
        (
            "name: &x a\npair: [*x, *x]",
            "f.yaml:1: key 'name': anchors and aliases are not read; write the value out",
        ),
        (
            "name: !!python/name:os.system x",
            "f.yaml:1: key 'name': the tag 'tag:yaml.org,2002:python/name:os.system' is not read;"
            " quote a text that begins with '!'",
        ),
        ("[a]: b", "f.yaml:1: a key must be a word"),
        ("- a", "f.yaml:1: expected 'object', got 'array'"),
        ("", "f.yaml:1: expected 'object', got 'null'"),
        ("name: 2024-13", None),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(text: str, message: str | None) -> None:
    if message is None:
        assert strictyaml.parse(text, "f.yaml").convert(Outer).name == "2024-13"
        return
    with pytest.raises(strictyaml.FileError) as caught:
        strictyaml.parse(text, "f.yaml").convert(Outer)
    assert str(caught.value) == message


def test_what_fits_becomes_the_struct() -> None:
    outer = strictyaml.parse("name: a\nmany: [{size: 1}]\nlevel: {high: x}", "f.yaml").convert(Outer)
    assert outer == Outer(name="a", many=(Inner(1),), level={"high": "x"})


def test_one_part_of_a_document_converts_alone() -> None:
    document = strictyaml.parse("inner:\n  size: 3\nother: [1]", "f.yaml")
    assert document.convert_at(("inner",), Inner) == Inner(3)
    with pytest.raises(
        strictyaml.FileError, match=r"^f\.yaml:3: key 'other': expected 'object', got 'array'$"
    ):
        document.convert_at(("other",), Inner)


def test_the_line_of_a_key_or_of_what_holds_it() -> None:
    document = strictyaml.parse("a:\n  b:\n    - x\n    - y\n", "f.yaml")
    assert [document.line(keys) for keys in [("a",), ("a", "b"), ("a", "b", 1), ("a", "c")]] == [1, 2, 4, 1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: b\nc: \xff", ":2: not UTF-8 text"),
        (b"#" * 70_000, ": longer than 64 KiB"),
        (None, ": cannot be read: No such file or directory"),
        (b"[" * 5000 + b"]" * 5000, "nested deeper than 32 levels"),
        (b"[" * 30_000 + b"]" * 30_000, "nested deeper than 32 levels"),
        (b"{a: " * 20, ": not YAML: "),
        (b"a: 1\n---\nb: 2", ":2: a second document; only one is read"),
        (b"&x a: 1", ":1: anchors and aliases are not read"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "f.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(strictyaml.FileError, match=message):
        strictyaml.read(path)


def test_nesting_is_bounded() -> None:
    text = "[" * 60 + "]" * 60
    with pytest.raises(strictyaml.FileError, match="nested deeper than 32 levels"):
        strictyaml.parse(text, "f.yaml")


@given(st.text())
def test_no_text_raises_anything_but_file_errors(text: str) -> None:
    try:
        strictyaml.parse(text, "f.yaml").convert(Outer)
    except strictyaml.FileError as error:
        assert str(error).startswith("f.yaml")
