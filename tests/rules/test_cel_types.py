"""What a condition may say: names, types and words are checked before anything is judged."""

from __future__ import annotations

import re

import cel
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netdoctor.model.facts import BgpSession, Interface, LogEvent, OpticLane
from netdoctor.rules.cel_parser import DEPTH_LIMIT, CelError
from netdoctor.rules.cel_types import check_condition
from netdoctor.rules.names import BOOL, DOUBLE, INT, STRING, Type, fact_names

NAMES = {
    **fact_names(BgpSession),
    "limit": Type("int", constant=True),
    "wanted": Type("list", element=STRING._replace(words=("idle", "active"), constant=True)),
    "addresses": Type("list", element=STRING),
    "at": Type("timestamp"),
}


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("true", set()),
        ("admin_up", {"admin_up"}),
        ("!admin_up && (bfd_enabled || dynamic)", {"admin_up", "bfd_enabled", "dynamic"}),
        ("session_state == 'established'", {"session_state"}),
        ('session_state != "idle"', {"session_state"}),
        ("session_state in ['idle', 'active']", {"session_state"}),
        ("session_state in wanted", {"session_state", "wanted"}),
        ("!(session_state in wanted)", {"session_state", "wanted"}),
        ("peer_as == 65001", {"peer_as"}),
        ("peer_as > limit + 1", {"peer_as", "limit"}),
        ("up_for_s > 60", {"up_for_s"}),
        ("up_for_s * 2.0 > hold_time_s - -1.5", {"up_for_s", "hold_time_s"}),
        ("double(peer_as) / 2.0 > 1e3", {"peer_as"}),
        ("int(up_for_s) % 60 == 0", {"up_for_s"}),
        ("size(addresses) > 1 || addresses.size() == 0", {"addresses"}),
        ("addresses.exists(a, a.startsWith('192.0.2.'))", {"addresses"}),
        ("addresses.all(a, a != peer)", {"addresses", "peer"}),
        ("peer.matches('^fe80:') || peer.contains(':') || peer.endsWith('.1')", {"peer"}),
        ("(admin_up ? up_for_s : down_for_s) > 1.0", {"admin_up", "up_for_s", "down_for_s"}),
        ("at > at", {"at"}),
        ("peer == vrf\n  && description < 'b'", {"peer", "vrf", "description"}),
        (r"peer == 'it\'s'", {"peer"}),
    ],
)
def test_conditions_that_fit(text: str, used: set[str]) -> None:
    assert check_condition(text, NAMES) == used


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("peers_as == 1", "unknown name 'peers_as', did you mean 'peer_as'?"),
        ("admin_up || sesion_state == 'idle'", "unknown name 'sesion_state', did you mean 'session_state'?"),
        ("session_state == 'estab'", "'estab' is not one of idle, connect, .*, did you mean 'established'"),
        ("'estab' == session_state", "'estab' is not one of"),
        ("session_state in ['idle', 'activ']", "'activ' is not one of .*, did you mean 'active'"),
        ("peer_as == '65001'", "'==' compares int with string"),
        ("admin_up == 'true'", "'==' compares bool with string"),
        ("admin_up != 1", "'!=' compares bool with int"),
        ("peer < 1", "'<' compares string with int"),
        ("at > 5", "'>' compares timestamp with int"),
        ("admin_up < bfd_enabled", "'<' cannot order bool"),
        ("addresses == addresses", "'==' compares list of string with list of string"),
        ("1 < 2 < 3", "'<' compares bool with int"),
        ("up_for_s + 1 > 2.0", "mixes double and int: write 2.0 for 2"),
        ("up_for_s * double(peer_as) + limit > 2.0", "mixes double and int"),
        ("up_for_s % 2.0 == 0.0", "'%' cannot be applied to double and double"),
        ("peer + vrf == 'ab'", r"'\+' cannot be applied to string and string"),
        ("peer_as", "the condition is of type int, not bool"),
        ("admin_up && peer", "'&&' joins bool and string"),
        ("!peer_as", "'!' cannot be applied to int"),
        ("-admin_up", "'-' cannot be applied to bool"),
        ("peer in vrf", "'in' needs a list behind it, not string"),
        ("peer_as in ['a']", "'in' compares int with string"),
        ("peer in ['a', 1]", "a list mixes int and string"),
        ("admin_up ? 1 : 2.0", "gives int or double"),
        ("peer ? true : false", "what stands before '\\?' is of type string"),
        ("size(peer_as) > 1", r"size\(\) cannot be applied to int"),
        ("size() > 1", r"size\(\) takes one argument, not 0"),
        ("peer.size(vrf) > 1", r"size\(\) takes one argument, not 2"),
        ("double(peer) > 1.0", r"double\(\) cannot be applied to string"),
        ("peer_as.startsWith('6')", r"startsWith\(\) is for a text"),
        ("peer.matches('(')", "'\\(' is no regular expression"),
        ("peer.matches(vrf)", r"the pattern of matches\(\) must be written as a text"),
        ("peer.exists(a, a == 'b')", r"exists\(\) is for a list, not string"),
        ("addresses.exists(peer, true)", "the name 'peer' in exists"),
        ("addresses.exists(a, a)", r"the condition in exists\(\) is of type string"),
        ("addresses.exists(a)", r"exists\(\) takes a name and a condition"),
        ("peer.lower() == 'a'", "the method 'lower' is not one of"),
        ("now() > 1", "the function 'now' is not one of"),
        ("peer.__class__ == 'a'", "unexpected '=='|ends too early|expected '\\('"),
        ("has(peer)", "'has' has no place here"),
        ("peer == null", "'null' has no place here"),
        ("peer == 'a", '"\'a" at column 9 is not understood'),
        ("admin_up & admin_up", "is not understood"),
        ("admin_up &&", "the condition ends too early at column 12"),
        ("admin_up bfd_enabled", "unexpected 'bfd_enabled' at column 10"),
        ("(admin_up", "the condition ends too early at column 10, expected '\\)'"),
        ("addresses[0] == 'a'", "unexpected '\\[' at column 10"),
        ("", "the condition ends too early"),
        ("99999999999999999999 > 1", "the number 99999999999999999999 is too large"),
        ("(" * 60 + "true" + ")" * 60, "nested too deeply"),
        ("1+" * 1500 + "1 > 0", "longer than 2000 characters"),
    ],
)
def test_conditions_that_do_not_fit(text: str, problem: str) -> None:
    with pytest.raises(CelError, match=problem):
        check_condition(text, NAMES)


def test_types_come_from_the_fact_types() -> None:
    lane = fact_names(OpticLane)
    assert (lane["interface"], lane["lane"], lane["admin_up"]) == (STRING, INT, BOOL)
    assert lane["input_power_dbm"] == DOUBLE
    assert fact_names(Interface)["addresses"] == Type("list", element=STRING)
    assert fact_names(Interface)["duplex"].words == ("full", "half")
    assert fact_names(LogEvent)["at"] == Type("timestamp")


VALUES = {"b": True, "i": 3, "d": 2.5, "s": "full", "l": ["full", "half"]}
TYPES = {
    "b": BOOL,
    "i": INT,
    "d": DOUBLE,
    "s": Type("string", words=("full", "half")),
    "l": Type("list", element=STRING),
}
ATOMS = st.sampled_from([*VALUES, "true", "7", "0.5", "'full'", "''", "['half']", "[1, 2]", "x"])


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, inner, inner).map(lambda parts: "({} ? {} : {})".format(*parts)),
        st.tuples(st.sampled_from("!-"), inner).map("".join),
        st.tuples(st.sampled_from(["size", "double", "int"]), inner).map(
            lambda parts: "{}({})".format(*parts)
        ),
        st.tuples(inner, st.sampled_from(["startsWith", "contains"]), inner).map(
            lambda parts: "{}.{}({})".format(*parts)
        ),
        st.tuples(inner, st.sampled_from(["exists", "all"]), inner).map(
            lambda parts: "{}.{}(x, {})".format(*parts)
        ),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(ATOMS, _joined, max_leaves=6))
def test_what_is_accepted_of_any_types_gives_a_bool(text: str) -> None:
    try:
        check_condition(text, TYPES)
    except CelError:
        return
    try:
        answer = cel.evaluate(text, VALUES)
    except (ZeroDivisionError, OverflowError):
        return
    assert isinstance(answer, bool)


def _either(*written: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of some templates, each of its holes filled with one of a part's texts."""

    def filled(template: str) -> st.SearchStrategy[str]:
        holes = re.findall(r"\{(\w)\}", template)
        written_out = re.sub(r"\{\w\}", "{}", template)
        return st.tuples(*(parts[hole] for hole in holes)).map(lambda drawn: written_out.format(*drawn))

    return st.sampled_from(written).flatmap(filled)


WHOLE = st.deferred(
    lambda: _either("i", "7", "({w} + {w})", "size(l)", "int({d})", "(-{w})", w=WHOLE, d=DECIMAL)
)
DECIMAL = st.deferred(
    lambda: _either("d", "0.5", "({d} * {d})", "double({w})", "({d} - 1e2)", w=WHOLE, d=DECIMAL)
)
TRUTH: st.SearchStrategy[str] = st.deferred(
    lambda: _either(
        *("b", "true", "!b", "({t} && {t})", "({t} || {t})", "({t} ? {t} : {t})", "({t} == {t})"),
        *("({w} < {w})", "({w} >= {d})", "({d} != {w})", "({w} in [1, {w}])", "(s == 'full')", "(s in l)"),
        *(
            "l.exists(x, x == s)",
            "l.all(x, b && x != s)",
            "s.matches('^f.l+$')",
            "s.endsWith('l')",
            "(size(s) > {w})",
        ),
        t=TRUTH,
        w=WHOLE,
        d=DECIMAL,
    )
)


@settings(max_examples=200, deadline=None)
@given(TRUTH)
def test_what_fits_is_accepted_and_gives_a_bool(text: str) -> None:
    assume(text.count("(") < DEPTH_LIMIT)
    check_condition(text, TYPES)
    try:
        answer = cel.evaluate(text, VALUES)
    except OverflowError:
        return
    assert isinstance(answer, bool)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abin.()[]'\"!=<>&|?:+-*/%0123 ,\\", max_size=60))
def test_any_text_is_accepted_or_refused(text: str) -> None:
    try:
        check_condition(text, TYPES)
    except CelError:
        return
    cel.compile(text)
