"""The readiness matrix: so many of so many, and what is late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.accreditation import Standing, Status
from visitplanner.domain.delegations import Member
from visitplanner.domain.readiness import STAGES, ReadinessRules, is_ready, readiness

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def member(status, *, badge=False, **extra):
    return Member(Standing(Status(status), badge_issued=badge), **extra)


DONE = member("approved", badge=True, complete=True, photo=True, grouped=True)


def counts(stages):
    return [(stage.key, stage.done, stage.of) for stage in stages]


def test_counts_leave_out_who_is_out():
    members = [DONE, member("submitted", complete=True), member("draft"), member("withdrawn")]
    stages = readiness(members, 4, ReadinessRules(photo_required=True), NOW)
    assert counts(stages) == [
        ("list", 3, 4),
        ("forms", 2, 3),
        ("photo", 1, 3),
        ("approved", 1, 3),
        ("badges", 1, 3),
        ("group", 1, 3),
    ]
    assert [stage.progress for stage in stages] == ["part"] * 6
    assert not is_ready(stages)


def test_with_clearance_approval_alone_is_not_enough():
    rules = ReadinessRules(clearance_required=True)
    approved = {s.key: s.done for s in readiness([member("approved")], 1, rules, NOW)}["approved"]
    cleared = {s.key: s.done for s in readiness([member("cleared")], 1, rules, NOW)}["approved"]
    assert (approved, cleared) == (0, 1)


def test_ready_means_somebody_and_everything():
    stages = readiness([DONE, DONE], 2, ReadinessRules(photo_required=True), NOW)
    assert is_ready(stages)
    assert not is_ready(readiness([], 0, ReadinessRules(), NOW))
    assert not is_ready(readiness([DONE], 2, ReadinessRules(), NOW))


def test_more_than_announced_is_a_full_list():
    assert counts(readiness([DONE] * 3, 2, ReadinessRules(), NOW))[0] == ("list", 3, 3)


def test_no_photo_asked_is_not_needed():
    photo = readiness([DONE], 1, ReadinessRules(), NOW)[2]
    assert (photo.key, photo.progress, photo.late) == ("photo", "not-needed", False)


def test_late_is_past_and_not_full():
    due = dict.fromkeys(STAGES, NOW - timedelta(minutes=1))
    full = readiness([DONE], 1, ReadinessRules(photo_required=True, due=due), NOW)
    assert not any(stage.late for stage in full)
    empty = readiness([], 2, ReadinessRules(due=due), NOW)
    assert [s.key for s in empty if s.late] == ["list", "forms", "approved", "badges", "group"]
    later = dict.fromkeys(STAGES, NOW + timedelta(minutes=1))
    assert not any(s.late for s in readiness([], 2, ReadinessRules(due=later), NOW))


members = st.lists(
    st.builds(
        Member,
        st.builds(Standing, st.sampled_from(Status), st.booleans()),
        complete=st.booleans(),
        photo=st.booleans(),
        grouped=st.booleans(),
    ),
    max_size=6,
)


@given(members, st.integers(0, 8))
def test_done_never_exceeds_of(people, expected):
    for stage in readiness(people, expected, ReadinessRules(photo_required=True), NOW):
        assert 0 <= stage.done <= stage.of
