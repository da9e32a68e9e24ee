"""Quota, order and replacement in a delegation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.accreditation import Rules, Standing, Status
from visitplanner.domain.delegations import (
    KEPT,
    RESET,
    Member,
    QuotaUse,
    moved,
    quota_use,
    replace_occupant,
    require_place,
    warnings,
)
from visitplanner.domain.refusals import Forbidden, Refusal


def member(status="draft", **extra):
    return Member(Standing(Status(status)), **extra)


def test_refused_and_withdrawn_give_their_place_back_and_exempt_need_none():
    members = [
        member("approved"),
        member("draft"),
        member("refused"),
        member("withdrawn"),
        member("draft", counts_to_quota=False),
    ]
    assert quota_use(members, 3) == QuotaUse(quota=3, taken=2, exempt=1)
    assert quota_use(members, 3).free == 1


def test_the_last_place_is_sold_once():
    full = quota_use([member(), member()], 2)
    with pytest.raises(Refusal) as refusal:
        require_place(full)
    assert refusal.value.code == "quota-full"
    assert refusal.value.details == {"quota": 2, "taken": 2}
    require_place(full, counts_to_quota=False)
    require_place(quota_use([member()], 2))


def test_a_quota_reduced_later_shows_who_is_over():
    use = quota_use([member()] * 3, 2)
    assert (use.over, use.free) == (1, 0)
    assert warnings([member(function="head"), member(), member()], 2) == ("over-quota",)


def test_what_looks_wrong_in_a_delegation():
    assert warnings([], 3) == ("empty-list",)
    assert warnings([member("withdrawn", function="head"), member()], 3) == ("no-head",)
    assert warnings([member(function="head"), member(function="head")], 3) == ("two-heads",)
    assert warnings([member(function="head"), member("refused", function="head")], 3) == ()


def test_moving_a_member():
    assert moved("abcd", "d", 1) == ("d", "a", "b", "c")
    assert moved("abcd", "a", 99) == ("b", "c", "d", "a")
    assert moved("abcd", "b", 0) == ("b", "a", "c", "d")


@given(st.permutations("abcdef"), st.sampled_from("abcdef"), st.integers(-2, 9))
def test_moving_keeps_everybody_and_the_order_of_the_others(order, item, to):
    result = moved(order, item, to)
    assert sorted(result) == sorted(order)
    assert [i for i in result if i != item] == [i for i in order if i != item]
    assert result.index(item) == min(max(to, 1), 6) - 1


def test_replacing_the_head_on_the_morning():
    head = Member(Standing(Status.CLEARED, badge_issued=True), function="head", grouped=True)
    replacement = replace_occupant(head, rules=Rules(clearance_required=True), guest=True)
    assert replacement.decision.after == Standing(Status.DRAFT)
    assert replacement.decision.revokes_badge
    assert replacement.recuts_precedence
    assert {"group", "seat", "vehicle", "position"} <= set(replacement.kept) == set(KEPT)
    assert {"status", "badge", "photo", "consent"} <= set(replacement.reset) == set(RESET)


def test_replacing_needs_the_right_and_an_empty_doorstep():
    arrived = Member(Standing(Status.APPROVED, badge_issued=True, arrived=True))
    with pytest.raises(Refusal, match="already-arrived"):
        replace_occupant(arrived, rules=Rules(), held={"persons.edit"})
    with pytest.raises(Forbidden):
        replace_occupant(member(), rules=Rules(), held={"checkin.scan"})
    assert not replace_occupant(member(), rules=Rules(), guest=True).recuts_precedence
