"""Accreditation: each step, each refusal, and every path against a model."""

import os

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from visitplanner.domain.access import PERMISSIONS as ACCESS_PERMISSIONS
from visitplanner.domain.accreditation import (
    ESSENTIAL_FIELDS,
    GUEST_ACTIONS,
    PERMISSIONS,
    Action,
    Rules,
    Standing,
    Status,
    decide,
    inward_word,
    is_printable,
    needs_review,
    open_actions,
    outward_word,
    require_printable,
)
from visitplanner.domain.refusals import Forbidden, Refusal

EVERY_PERMISSION = frozenset().union(*PERMISSIONS.values())
PLAIN, CLEARED_FIRST = Rules(), Rules(clearance_required=True)


def step(standing, action, rules=PLAIN, **extra):
    extra.setdefault("held", EVERY_PERMISSION)
    return decide(standing, action, rules=rules, **extra)


def refused(standing, action, rules=PLAIN, **extra):
    with pytest.raises(Refusal) as refusal:
        step(standing, action, rules, **extra)
    return refusal.value


def at(status, **facts):
    return Standing(Status(status), **facts)


def test_the_whole_way_with_clearance():
    standing = at("draft")
    words = []
    for action in ("submit", "approve", "clear", "issue-badge", "arrive"):
        decision = step(standing, Action(action), CLEARED_FIRST)
        standing = decision.after
        words.append(decision.outward)
    assert standing == at("cleared", badge_issued=True, arrived=True)
    assert words == ["received", "in-progress", "confirmed", "badge-ready", "arrived"]
    assert inward_word(standing) == "arrived"


def test_without_clearance_approval_is_enough():
    standing = step(at("submitted"), Action.APPROVE).after
    assert outward_word(standing, PLAIN) == "confirmed"
    assert step(standing, Action.ISSUE_BADGE).after.badge_issued
    assert refused(standing, Action.CLEAR).code == "clearance-not-used"


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "refused", "withdrawn"])
def test_nothing_prints_before_approval(status):
    refusal = refused(at(status), Action.ISSUE_BADGE)
    assert refusal.code == "badge-before-approval"
    assert refused(at(status), Action.ARRIVE).code == "badge-before-approval"


def test_nothing_prints_before_clearance_where_it_is_asked():
    assert refused(at("approved"), Action.ISSUE_BADGE, CLEARED_FIRST).code == (
        "badge-before-clearance"
    )
    with pytest.raises(Refusal, match="badge-before-clearance"):
        require_printable(Status.APPROVED, CLEARED_FIRST)
    require_printable(Status.APPROVED, PLAIN)
    require_printable(Status.CLEARED, CLEARED_FIRST)


def test_an_incomplete_form_is_not_submitted():
    refusal = refused(at("draft"), Action.SUBMIT, missing=("photo", "consent"))
    assert refusal.code == "form-incomplete"
    assert refusal.field == "photo"
    assert refusal.details["fields"] == ("photo", "consent")
    assert step(at("draft"), Action.SUBMIT, missing=()).after == at("submitted")


@pytest.mark.parametrize("action", [Action.RETURN, Action.REFUSE])
def test_return_and_refusal_need_words(action):
    assert refused(at("submitted"), action, note="  ").code == "note-missing"
    assert step(at("submitted"), action, note="photo is too dark")


def test_outward_words_say_nothing_of_who_refused_and_why():
    by_protocol = step(at("submitted"), Action.REFUSE, note="no", held={"accreditation.decide"})
    by_security = step(at("approved"), Action.REFUSE, note="no", held={"accreditation.clear"})
    assert by_protocol.outward == by_security.outward == "please-contact-us"
    assert by_protocol.after == by_security.after


@pytest.mark.parametrize("action", list(Action))
def test_each_step_needs_its_permission(action):
    standing = at("approved", badge_issued=True)
    with pytest.raises(Forbidden) as refusal:
        decide(standing, action, rules=PLAIN, held=EVERY_PERMISSION - PERMISSIONS[action])
    assert refusal.value.code == "not-permitted"
    assert PERMISSIONS[action] <= ACCESS_PERMISSIONS


@pytest.mark.parametrize("action", sorted(set(Action) - GUEST_ACTIONS))
def test_a_guest_never_decides_whatever_is_claimed(action):
    with pytest.raises(Forbidden):
        decide(at("submitted"), action, rules=PLAIN, guest=True, held=EVERY_PERMISSION, note="x")


def test_a_guest_changes_their_own_list():
    assert open_actions(at("draft"), rules=PLAIN, guest=True) == (
        Action.SUBMIT,
        Action.AMEND,
        Action.WITHDRAW,
        Action.REPLACE,
    )
    assert open_actions(at("cleared", arrived=True), rules=PLAIN, guest=True) == ()


def test_an_essential_change_asks_again_and_kills_the_badge():
    assert needs_review({"phone", "family_name"})
    assert not needs_review({"phone", "meal_code"})
    assert "photo_id" in ESSENTIAL_FIELDS
    decision = step(at("cleared", badge_issued=True), Action.AMEND, CLEARED_FIRST)
    assert decision.after == at("submitted")
    assert decision.revokes_badge
    assert step(at("draft"), Action.AMEND).after == at("draft")


def test_a_replaced_occupant_starts_anew_and_the_badge_dies():
    decision = step(at("cleared", badge_issued=True), Action.REPLACE, CLEARED_FIRST)
    assert decision.after == at("draft")
    assert decision.revokes_badge
    assert refused(at("cleared", arrived=True), Action.REPLACE).code == "already-arrived"


def test_undoing():
    assert step(at("withdrawn"), Action.REINSTATE).after == at("draft")
    assert step(at("refused"), Action.REOPEN).after == at("submitted")
    assert step(at("submitted"), Action.RECALL).after == at("draft")
    undone = step(at("cleared", badge_issued=True), Action.UNCLEAR, CLEARED_FIRST)
    assert (undone.after, undone.revokes_badge) == (at("approved"), True)
    arrived = at("approved", badge_issued=True, arrived=True)
    assert step(arrived, Action.UNDO_ARRIVAL).after == at("approved", badge_issued=True)
    assert refused(at("approved"), Action.UNDO_ARRIVAL).code == "not-arrived"


def test_badges():
    issued = at("approved", badge_issued=True)
    assert refused(issued, Action.ISSUE_BADGE).code == "badge-already-issued"
    assert refused(at("approved"), Action.REPRINT_BADGE).code == "no-badge"
    reprint = step(issued, Action.REPRINT_BADGE)
    assert (reprint.after, reprint.revokes_badge) == (issued, True)
    revoked = step(issued, Action.REVOKE_BADGE)
    assert (revoked.after, revoked.revokes_badge) == (at("approved"), True)
    assert inward_word(issued) == "badge-issued"


def test_a_vip_without_a_badge_arrives_by_name():
    assert refused(at("approved"), Action.ARRIVE).code == "no-badge"
    assert step(at("approved"), Action.ARRIVE, Rules(badge_exempt=True)).after.arrived
    assert (
        refused(at("approved", badge_issued=True, arrived=True), Action.ARRIVE).code
        == "already-arrived"
    )


MODEL = {
    "submit": ({"draft", "returned"}, "submitted"),
    "recall": ({"submitted"}, "draft"),
    "withdraw": ({"draft", "submitted", "returned", "approved", "cleared"}, "withdrawn"),
    "reinstate": ({"withdrawn"}, "draft"),
    "approve": ({"submitted"}, "approved"),
    "return": ({"submitted", "approved", "cleared"}, "returned"),
    "refuse": ({"submitted", "approved", "cleared"}, "refused"),
    "reopen": ({"approved", "cleared", "refused"}, "submitted"),
    "clear": ({"approved"}, "cleared"),
    "unclear": ({"cleared"}, "approved"),
}


class FileOfAPerson(RuleBasedStateMachine):
    """Runs any sequence of steps by anybody and compares with plain sets and flags."""

    def __init__(self):
        super().__init__()
        self.standing = Standing(Status.DRAFT)
        self.status, self.badge, self.inside = "draft", False, False
        self.live_badges = 0
        self.submitted_since_draft = False

    @rule(
        action=st.sampled_from(list(Action)),
        held=st.sets(st.sampled_from(sorted(EVERY_PERMISSION))),
        guest=st.booleans(),
        note=st.sampled_from(["", "words"]),
        missing=st.sampled_from([(), ("photo",)]),
    )
    def step(self, action, held, guest, note, missing):
        try:
            decision = decide(
                self.standing,
                action,
                rules=CLEARED_FIRST,
                held=held,
                guest=guest,
                note=note,
                missing=missing,
            )
        except Refusal:
            assert not self.model_allows(action, held, guest, note, missing)
            return
        assert self.model_allows(action, held, guest, note, missing)
        assert decision.before == self.standing
        self.standing = decision.after
        self.live_badges -= decision.revokes_badge
        self.live_badges += action in {Action.ISSUE_BADGE, Action.REPRINT_BADGE}
        self.advance_model(action)

    def model_allows(self, action, held, guest, note, missing):
        if guest:
            permitted = action in {"submit", "recall", "amend", "withdraw", "replace"}
        else:
            permitted = bool(PERMISSIONS[action] & held)
        ready = self.status == "cleared"
        if action == "issue-badge":
            open_ = ready and not self.badge
        elif action == "reprint-badge":
            open_ = ready and self.badge
        elif action == "revoke-badge":
            open_ = self.badge
        elif action == "arrive":
            open_ = ready and self.badge and not self.inside
        elif action == "undo-arrival":
            open_ = self.inside
        elif action == "replace":
            open_ = not self.inside
        elif action == "amend":
            open_ = not self.inside and self.status not in {"refused", "withdrawn"}
        else:
            open_ = not self.inside and self.status in MODEL[action][0]
            open_ = open_ and not (action == "submit" and missing)
            open_ = open_ and bool(note or action not in {"return", "refuse"})
        return permitted and open_

    def advance_model(self, action):
        if action in MODEL:
            self.status = MODEL[action][1]
        elif action == "amend" and self.status in {"approved", "cleared"}:
            self.status = "submitted"
        elif action == "replace":
            self.status = "draft"
        elif action == "arrive":
            self.inside = True
        elif action == "undo-arrival":
            self.inside = False
        if action in {"issue-badge", "reprint-badge"}:
            self.badge = True
        elif action == "revoke-badge" or self.status != "cleared":
            self.badge = False

    @invariant()
    def agrees_with_the_model(self):
        assert self.standing == Standing(Status(self.status), self.badge, self.inside)

    @invariant()
    def a_badge_means_approval_and_clearance(self):
        assert self.live_badges == int(self.standing.badge_issued)
        if self.standing.badge_issued:
            assert is_printable(self.standing.status, CLEARED_FIRST)

    @invariant()
    def outward_words_are_neutral(self):
        words = {"being-prepared", "received", "please-correct", "in-progress", "confirmed"}
        words |= {"badge-ready", "arrived", "please-contact-us", "withdrawn"}
        assert outward_word(self.standing, CLEARED_FIRST) in words


ENDURANCE = bool(os.environ.get("VISITPLANNER_TEST_ENDURANCE"))
FileOfAPerson.TestCase.settings = settings(
    max_examples=3_000 if ENDURANCE else 60, stateful_step_count=25, deadline=None
)
TestFileOfAPerson = pytest.mark.endurance(FileOfAPerson.TestCase)
