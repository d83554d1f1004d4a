"""A recording that may be shown: names and addresses are others, and what they have in common stays."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netdoctor.engine.analyze import analyze
from netdoctor.engine.anonymise import Anonymiser, anonymised, samples
from netdoctor.engine.journal import Journal
from netdoctor.engine.store import read_entries
from netdoctor.model.codec import encode_entry
from netdoctor.model.devices import Device, Network
from netdoctor.model.events import Captured, Entry, Parsed, RunStarted
from netdoctor.rules import load_catalogue

SECRET = bytes(32)
JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("*.jsonl"))
ADDRESS = st.ip_addresses(v=4).filter(lambda address: address.is_global)


@pytest.fixture(autouse=True)
def _toy() -> None:
    """The recordings are of real platforms: no toy here."""


def anonymiser(*names: str, texts: tuple[str, ...] = ()) -> Anonymiser:
    return Anonymiser(names, texts, SECRET)


@pytest.mark.parametrize(
    "said",
    [
        "show version",
        "255.255.255.0 0.0.0.255 127.0.0.1 224.0.0.5 ::1 fe80::1",
        "Ethernet1/2.100 is up, version 4.28.3M, 12:34:56.789",
        '{"bgp": {"peer": 1}}',
    ],
)
def test_what_names_nobody_stays(said: str) -> None:
    assert anonymiser("leaf1").text(said) == said


def test_a_name_is_another_of_its_shape_everywhere() -> None:
    said = anonymiser("leaf1", "spine1.ams.example.net").text(
        "leaf1 LEAF1 spine1 spine1.ams.example.net leaf12"
    )
    one, same, spine, whole, other = said.split()
    assert one != "leaf1"
    assert len(one) == 5
    assert same.lower() == one.lower()
    assert whole.startswith(f"{spine}.")
    assert "example" not in whole
    assert other == "leaf12"


def test_a_name_inside_another_is_replaced_too() -> None:
    other, run, port = anonymiser("spine1").text("to-spine1 20261122T222910Z-spine1-59eb ge-0/0/1").split()
    assert other.startswith("to-")
    assert "spine1" not in other + run
    assert port == "ge-0/0/1"


def test_a_recording_tells_nothing_of_the_users_own_machine() -> None:
    paths = {"identity": "keys/jane/id_acme", "known_hosts": "keys/jane/known_hosts"}
    device = Device(name="leaf1", host="192.0.2.1", **paths)
    started = RunStarted(
        run_id="20261122T222910Z-leaf1-59eb",
        version="1",
        network=Network(devices={"leaf1": device}),
        targets=("leaf1",),
    )
    entry = Entry(seq=1, at=datetime(2026, 11, 22, tzinfo=UTC), origin="engine", event=started)
    (made,) = anonymised([entry])
    told = encode_entry(made).decode()
    assert [word for word in ("leaf1", "jane", "acme") if word in told] == []


def test_a_name_that_a_table_cut_off_is_replaced_too() -> None:
    whole, cut = anonymiser("distribution-switch-1").text("distribution-switch-1 distribution-sw").split()
    assert whole.startswith(cut)


def test_tables_stay_in_their_columns() -> None:
    table = "Neighbor        V\n198.51.100.1    4\n203.0.113.254   4\n"
    lines = anonymiser().text(table).splitlines()
    assert [line.index("4", 14) for line in lines[1:]] == [16, 16]


def test_texts_that_somebody_wrote_are_replaced() -> None:
    said = anonymiser(texts=("to customer Acme, circuit 77",)).text(
        "Description: to customer Acme, circuit 77"
    )
    assert said.startswith("Description: ")
    assert "Acme" not in said
    assert "77" not in said


@given(ADDRESS, ADDRESS)
def test_addresses_share_what_they_shared(one: ipaddress.IPv4Address, other: ipaddress.IPv4Address) -> None:
    known = anonymiser()
    made = [int(ipaddress.ip_address(known.text(str(address)))) for address in (one, other)]
    if str(one).endswith(".0") or str(other).endswith(".0"):
        return
    assert (int(one) ^ int(other)).bit_length() == (made[0] ^ made[1]).bit_length()


@given(ADDRESS, st.integers(8, 31))
def test_an_address_stays_in_its_network(address: ipaddress.IPv4Address, length: int) -> None:
    """But in one that reaches into a range for special use, which stays what it is (RFC 6890)."""
    known = anonymiser()
    network = ipaddress.ip_network(f"{address}/{length}", strict=False)
    assume(network.network_address.is_global)
    made = ipaddress.ip_network(known.text(str(network)))
    assert made.prefixlen == length
    if not str(address).endswith(".0"):
        assert ipaddress.ip_address(known.text(str(address))) in made


@given(st.text(max_size=200))
def test_any_text_can_be_anonymised(said: str) -> None:
    assert anonymiser("leaf1").text(said).count("\n") == said.count("\n")


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_a_run_is_diagnosed_as_before(journal: Path) -> None:
    entries = list(read_entries(journal))
    hidden = anonymised(entries)
    catalogue = load_catalogue()
    before = analyze(entries, catalogue, Journal())
    after = analyze(hidden, catalogue, Journal())
    assert after.verdict == before.verdict
    assert [(cause.id, round(cause.probability, 2)) for cause in after.causes] == [
        (cause.id, round(cause.probability, 2)) for cause in before.causes
    ]


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_no_name_and_no_address_of_the_network_is_left(journal: Path) -> None:
    entries = list(read_entries(journal))
    hidden = anonymised(entries)
    assert not any(isinstance(entry.event, Parsed) for entry in hidden)
    told = "\n".join(entry.event.output for entry in hidden if isinstance(entry.event, Captured))
    started = next(entry.event for entry in entries if isinstance(entry.event, RunStarted))
    facts = [fact for entry in entries if isinstance(entry.event, Parsed) for fact in entry.event.facts]
    peers = {value for fact in facts if (value := getattr(fact, "peer", None)) and "." in value}
    words = set(told.replace('"', " ").split())
    assert not words & set(started.network.devices)
    assert not words & peers


def test_every_answer_is_a_case_for_a_parser() -> None:
    entries = anonymised(read_entries(JOURNALS[0]))
    files = dict(samples(entries))
    captured = [entry.event for entry in entries if isinstance(entry.event, Captured)]
    assert len(files) == 3 * len(captured)
    first = next(name for name in files if name.endswith("command.txt"))
    assert files[first] == captured[0].command + "\n"
    assert first.startswith(f"{captured[0].platform}/samples/")
