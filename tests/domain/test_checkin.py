"""Scans fold to one state whatever the order and however often they are delivered."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitplanner.domain.checkin import Anomaly, Scan, fold, merged

ENDURANCE = bool(os.environ.get("VISITPLANNER_TEST_ENDURANCE"))
TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)


def scan(id_, minute, participant="ann", **extra):
    at = TEN + timedelta(minutes=minute)
    extra.setdefault("badge", f"badge-{participant}")
    extra.setdefault("received_at", at)
    return Scan(id_, participant, checkpoint="door", device="d1", scanned_at=at, **extra)


def codes(register):
    return [(anomaly.code, anomaly.scans) for anomaly in register.anomalies]


def test_the_first_entry_wins():
    register = fold([scan("b", 5), scan("a", 1), scan("x", 0, "bob")])
    ann = register.presences["ann"]
    assert (ann.first_scan, ann.first_in, ann.entries) == ("a", TEN + timedelta(minutes=1), 2)
    assert codes(register) == [("entered-twice", ("a", "b"))]
    assert (register.arrived, register.inside) == (2, 2)


def test_out_and_in_again():
    register = fold([scan("a", 1), scan("b", 9, direction="out")])
    assert (register.arrived, register.inside) == (1, 0)
    again = fold([scan("a", 1), scan("b", 9, direction="out"), scan("c", 12)])
    assert again.inside == 1
    assert again.anomalies == ()
    assert again.presences["ann"].last_seen == TEN + timedelta(minutes=12)


def test_refused_and_undone_scans_bring_nobody_in():
    register = fold([scan("a", 1, admitted=False), scan("b", 2, undone=True), scan("c", 3, "")])
    assert register.presences == {}
    assert register.anomalies == ()


def test_an_undoing_holds_against_an_older_copy():
    assert fold([scan("a", 1, undone=True), scan("a", 1)]).arrived == 0


def test_anomalies_name_their_scans():
    assert codes(fold([scan("a", 1, direction="out")])) == [("out-without-in", ("a",))]
    assert codes(fold([scan("a", 1, door=False)])) == [("no-entrance", ("a",))]
    two = [scan("a", 1), scan("b", 2, direction="out"), scan("c", 3, badge="other")]
    assert codes(fold(two)) == [("two-badges", ("a", "c"))]
    ahead = scan("a", 30, received_at=TEN)
    assert codes(fold([ahead])) == [("clock-ahead", ("a",))]
    assert codes(fold([scan("a", 5, received_at=TEN)])) == []


def test_contradicting_copies_are_kept_apart_the_same_way_every_time():
    early, late = scan("a", 1), scan("a", 2)
    assert fold([early, late]) == fold([late, early])
    assert fold([late, early]).presences["ann"].first_in == early.scanned_at
    assert fold([late, early]).anomalies == (Anomaly("conflicting-copies", "ann", ("a",)),)


def test_a_second_delivery_of_the_same_scan_is_no_event():
    first = scan("a", 1)
    late_copy = replace(first, received_at=first.received_at + timedelta(hours=3))
    assert fold([late_copy, first]) == fold([first])


def test_seen_at_a_stop_after_leaving_means_inside():
    rows = [scan("a", 1), scan("b", 2, direction="out"), scan("c", 3, door=False)]
    assert fold(rows).inside == 1


scans = st.lists(
    st.builds(
        scan,
        st.sampled_from("abcdefgh"),
        st.integers(0, 5),
        st.sampled_from(["ann", "bob", ""]),
        badge=st.sampled_from(["x", "y"]),
        direction=st.sampled_from(["in", "out"]),
        admitted=st.booleans(),
        door=st.booleans(),
        undone=st.booleans(),
        received_at=st.sampled_from([TEN, TEN - timedelta(minutes=8)]),
    ),
    max_size=10,
)


@pytest.mark.endurance
@pytest.mark.timeout(1800)
@settings(max_examples=20_000 if ENDURANCE else 400)
@given(scans, st.randoms())
def test_permutation_and_duplication_change_nothing(events, random):
    delivered = events + [event for event in events if random.random() < 0.6]
    random.shuffle(delivered)
    assert fold(delivered) == fold(events)


@pytest.mark.endurance
@pytest.mark.timeout(1800)
@settings(max_examples=10_000 if ENDURANCE else 200)
@given(scans, scans, scans)
def test_merging_batches_is_associative(one, two, three):
    def store(*batches):
        return list(merged([event for batch in batches for event in batch])[0])

    assert store(store(one, two), three) == store(one, store(two, three))
    assert store(one, one) == store(one)


@given(scans)
def test_arrivals_are_exactly_who_has_an_admitted_entry(events):
    kept, _ = merged(events)
    came = {
        s.participant
        for s in kept
        if s.admitted and not s.undone and s.participant and s.direction == "in"
    }
    assert set(fold(events).presences) == came
