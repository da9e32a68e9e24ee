"""Precedence: the worked example, every mode, overrides, explanations, the dean."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.precedence import Override, Shift, changes, dean, missions, rank
from visitplanner.domain.precedence_criteria import (
    Candidate,
    Mode,
    Organisations,
    Post,
    Rules,
    SubstituteRank,
    Unit,
)
from visitplanner.domain.ranks import HeadClass
from visitplanner.domain.refusals import NotFound, Refusal


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def head(state, head_class, taken_up, *, rank_code="", **extra):
    post = Post(
        rank=rank_code or head_class,
        head_class=HeadClass(head_class),
        taken_up_at=at(taken_up) if taken_up else None,
        **extra,
    )
    return Candidate(f"{state}-1", state, state, post)


def member(state, rank_code, *, order=2, **extra):
    return Candidate(f"{state}-{order}", state, state, Post(rank=rank_code), order=order, **extra)


HEADS = [
    head("japan", "charge_ai", "2025-10-20"),
    head("kuwait", "ambassador", "2021-02-10T12:00"),
    head("peru", "charge_ai", "2025-09-01"),
    head("nepal", "ambassador", "2022-05-05T09:00"),
    head("brazil", "ambassador", "2023-03-14T11:00"),
    head("ghana", "ambassador", "2023-03-14T11:30"),
    head("holy-see", "ambassador", "2024-06-01T10:00", rank_code="nuncio", is_nuncio=True),
    head("chad", "envoy", "2019-01-01"),
    head("iceland", "charge", "2020-01-01"),
]
CORPS = ["kuwait", "nepal", "brazil", "ghana", "holy-see", "chad", "iceland", "peru", "japan"]
PERSONS = Rules(unit=Unit.PERSON)


def order(candidates, rules=PERSONS, overrides=()):
    return list(missions(rank(candidates, rules, overrides)))


def with_(state, **changes_):
    return [
        replace(one, post=replace(one.post, **changes_)) if one.state == state else one
        for one in HEADS
    ]


def absent(state):
    return [replace(one, present=one.state != state) for one in HEADS]


@pytest.mark.parametrize("unit", list(Unit))
def test_the_worked_example(unit):
    assert order(HEADS, Rules(unit=unit)) == CORPS


@pytest.mark.parametrize("unit", list(Unit))
def test_the_nuncio_first_where_the_host_says_so(unit):
    rules = Rules(unit=unit, nuncio_first=True)
    rest = [key for key in CORPS if key != "holy-see"]
    assert order(HEADS, rules) == ["holy-see", *rest]
    assert dean(HEADS, rules).state == "holy-see"
    assert rank(HEADS, rules)[0].reasons[0].source == "VCDR 1961, art. 16(3)"


def test_the_dean_of_the_corps_and_the_senior_of_the_day():
    assert dean(HEADS, PERSONS).state == "kuwait"
    assert dean(absent("kuwait"), PERSONS).state == "kuwait"
    assert dean(absent("kuwait"), PERSONS, present_only=True).state == "nepal"
    assert dean(with_("kuwait", resident=False), PERSONS).state == "nepal"
    assert dean([HEADS[7]], PERSONS) is None


@pytest.mark.parametrize("unit", list(Unit))
def test_a_first_secretary_sent_instead_goes_after_all_heads(unit):
    sent = member("kuwait", "first_secretary")
    candidates = [*absent("kuwait"), sent]
    assert order(candidates, Rules(unit=unit)) == [*CORPS[1:], "kuwait"]


def test_a_substitute_may_take_the_place_represented_where_the_event_says_so():
    sent = replace(member("kuwait", "first_secretary"), represents=HEADS[1].post)
    candidates = [*absent("kuwait"), sent]
    rules = replace(PERSONS, substitute_rank=SubstituteRank.REPRESENTED)
    assert order(candidates, rules) == CORPS
    assert order(candidates)[-1] == "kuwait"


def test_equal_times_go_by_arrival_then_by_alphabet():
    same = with_("ghana", taken_up_at=at("2023-03-14T11:00"), arrived_at=at("2022-01-01"))
    assert order(same)[2:4] == ["ghana", "brazil"]
    assert order(with_("ghana", taken_up_at=at("2023-03-14T11:00")))[2:4] == ["brazil", "ghana"]


def test_a_promotion_brings_the_new_date():
    promoted = with_("chad", head_class=HeadClass.AMBASSADOR, taken_up_at=at("2025-01-01"))
    assert order(promoted)[:6] == ["kuwait", "nepal", "brazil", "ghana", "holy-see", "chad"]


def test_credentials_not_presented_yet():
    new = with_("nepal", taken_up_at=None)
    assert order(new)[-1] == "nepal"
    as_head = replace(PERSONS, uncredentialled_as_heads=True)
    assert order(new, as_head)[4] == "nepal"


def test_non_heads_by_rank_then_arrival_then_alphabet():
    people = [
        member("peru", "second_secretary"),
        replace(member("chad", "counsellor"), post=Post("counsellor", arrived_at=at("2024-01-01"))),
        member("ghana", "counsellor"),
        member("brazil", "counsellor"),
        replace(
            member("japan", "counsellor"), post=Post("counsellor", arrived_at=at("2023-01-01"))
        ),
    ]
    assert order(people) == ["japan", "chad", "brazil", "ghana", "peru"]


def test_a_mission_follows_its_senior_and_keeps_its_own_order():
    kuwait = [
        replace(HEADS[1], id="ambassador", order=2),
        member("kuwait", "counsellor", order=3),
        member("kuwait", "attache", order=1),
    ]
    places = rank([HEADS[3], *kuwait], Rules())
    assert [place.id for place in places] == ["kuwait-1", "ambassador", "kuwait-3", "nepal-1"]
    assert [(place.number, place.mission_number) for place in places] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
    ]
    assert places[0].reasons[-1].code == "order"
    alone = rank([HEADS[3], *kuwait], PERSONS)
    assert [place.id for place in alone] == ["ambassador", "nepal-1", "kuwait-3", "kuwait-1"]


LOT = {
    "brazil": "Brazil",
    "costa-rica": "Costa Rica",
    "cote-divoire": "Côte d’Ivoire",
    "croatia": "Croatia",
    "korea-democratic-peoples-republic-of": "DPRK",
    "ghana": "Ghana",
    "qatar": "Qatar",
    "korea-republic-of": "Republic of Korea",
    "moldova": "Republic of Moldova",
    "russian-federation": "Russian Federation",
    "turkiye": "Türkiye",
    "united-kingdom": "United Kingdom",
    "tanzania": "United Republic of Tanzania",
    "united-states": "United States",
    "zimbabwe": "Zimbabwe",
}


def test_the_lot_rotates_the_alphabet():
    listed = list(LOT)
    candidates = [member(key, "counsellor") for key in sorted(listed, reverse=True)]
    rules = Rules(mode=Mode.LOT_ROTATION, lot="qatar")
    cut = listed.index("qatar")
    assert order(candidates, rules) == listed[cut:] + listed[:cut]
    with pytest.raises(Refusal, match="lot-missing"):
        rank(candidates, Rules(mode=Mode.LOT_ROTATION))


def test_the_alphabet_is_the_events_language():
    trio = [member(key, "counsellor") for key in ("japan", "yemen", "austria")]
    english = Rules(mode=Mode.DELEGATION_ALPHABET)
    russian = replace(english, language="ru")
    assert order(trio, english) == ["austria", "japan", "yemen"]
    assert order(trio, russian) == ["austria", "yemen", "japan"]


def test_a_frozen_filing_name_outlives_a_renaming():
    old = replace(member("turkiye", "counsellor"), filing_name="Zeta")
    rules = Rules(mode=Mode.DELEGATION_ALPHABET)
    assert order([old, member("yemen", "counsellor")], rules) == ["yemen", "turkiye"]


def test_levels_first():
    minister = member("peru", "cabinet_minister")
    deputy = member("brazil", "deputy_minister")
    other = member("chad", "cabinet_minister")
    ambassador = HEADS[1]
    rules = Rules(mode=Mode.LEVEL_THEN_ALPHABET)
    assert order([ambassador, deputy, minister, other], rules) == [
        "chad",
        "peru",
        "brazil",
        "kuwait",
    ]
    dated = [
        replace(minister, post=replace(minister.post, level_since=at("2020-01-01"))),
        replace(other, post=replace(other.post, level_since=at("2024-01-01"))),
    ]
    assert order(dated, replace(rules, mode=Mode.LEVEL_THEN_DATE)) == ["peru", "chad"]


def test_a_minister_leads_the_ambassador_of_the_same_state():
    minister = Candidate("m", "ministry", "kuwait", Post("cabinet_minister"))
    rules = Rules(mode=Mode.LEVEL_THEN_ALPHABET, unit=Unit.PERSON)
    assert [place.id for place in rank([HEADS[1], minister], rules)] == ["m", "kuwait-1"]


def test_the_manual_order_and_newcomers_after_it():
    rules = Rules(mode=Mode.MANUAL, manual=("peru", "kuwait"))
    assert order([HEADS[0], HEADS[1], HEADS[2], HEADS[4]], rules) == [
        "peru",
        "kuwait",
        "brazil",
        "japan",
    ]


ORGANISATIONS = [
    head("european-union", "ambassador", "2000-01-01"),
    head("united-nations", "ambassador", "2020-01-01"),
    head("league-of-arab-states", "ambassador", "2010-01-01"),
]


def test_organisations_after_all_states_un_first_then_by_date():
    candidates = [*ORGANISATIONS, HEADS[0], member("ghana", "attache")]
    assert order(candidates) == [
        "japan",
        "ghana",
        "united-nations",
        "league-of-arab-states",
        "european-union",
    ]
    by_name = replace(PERSONS, organisations=Organisations.AFTER_BY_ALPHABET)
    assert order(candidates, by_name)[2:] == [
        "united-nations",
        "european-union",
        "league-of-arab-states",
    ]


def test_the_host_may_rank_an_organisation_among_states():
    one = replace(PERSONS, ranked_as_states=frozenset({"european-union"}))
    assert order([*ORGANISATIONS, *HEADS], one)[0] == "european-union"
    everyone = replace(PERSONS, organisations=Organisations.AMONG_STATES)
    assert order([*ORGANISATIONS, HEADS[1]], everyone) == [
        "european-union",
        "league-of-arab-states",
        "united-nations",
        "kuwait",
    ]


def test_a_spouse_takes_the_place_of_the_partner():
    spouse = Candidate("spouse", "nepal", "nepal", Post(), order=2, accompanies="nepal-1")
    places = rank([*HEADS, spouse], PERSONS)
    assert [place.id for place in places][:4] == ["kuwait-1", "nepal-1", "spouse", "brazil-1"]
    assert places[2].reasons[-1].code == "partner"
    alone = [one for one in HEADS if one.state != "nepal"]
    assert rank([*alone, spouse], PERSONS)[-1].id == "spouse"


def test_an_override_survives_a_re_sort_and_is_flagged():
    override = Override("japan", 2, "speaks for the group")
    rules = Rules()
    first = rank(HEADS, rules, [override])
    assert missions(first)[:3] == ("kuwait", "japan", "nepal")
    assert (first[1].override, first[1].natural) == (override, 9)
    assert [reason.code for reason in first[1].reasons][-2:] == ["override", "order"]
    later = rank(absent("kuwait"), rules, [override])
    assert missions(later)[:2] == ("nepal", "japan")
    assert [place.mission for place in later if place.override] == ["japan"]
    gone = rank(absent("japan"), rules, [override])
    assert missions(gone) == tuple(key for key in CORPS if key != "japan")


def test_an_override_beyond_the_end_is_last():
    assert order(HEADS, Rules(), [Override("kuwait", 99, "asked for it")])[-1] == "kuwait"


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ([Override("japan", 1, " ")], "override-without-reason"),
        ([Override("japan", 1, "a"), Override("peru", 1, "b")], "override-place-taken"),
        ([Override("japan", 1, "a"), Override("japan", 2, "b")], "override-twice"),
    ],
)
def test_overrides_that_cannot_be(overrides, code):
    with pytest.raises(Refusal) as refusal:
        rank(HEADS, Rules(), overrides)
    assert refusal.value.code == code


def test_the_same_person_cannot_stand_twice():
    with pytest.raises(Refusal, match="same-person-twice"):
        rank([HEADS[0], HEADS[0]], Rules())


def test_an_unknown_state_is_named():
    with pytest.raises(NotFound, match="no-such-state"):
        rank([member("atlantis", "counsellor")], Rules())


def test_every_place_explains_itself_with_sources():
    places = {place.mission: place for place in rank(HEADS, PERSONS)}
    ghana = places["ghana"].reasons
    assert [reason.code for reason in ghana] == ["class", "taken-up"]
    assert ghana[0].source == "VCDR 1961, art. 14(1)"
    assert ghana[1].shown == "2023-03-14T11:30:00+00:00"
    chad = places["chad"].reasons
    assert [(reason.code, reason.shown) for reason in chad] == [("class", "envoy")]
    same = with_("ghana", taken_up_at=at("2023-03-14T11:00"))
    by_name = {place.mission: place for place in rank(same, PERSONS)}["ghana"].reasons
    assert by_name[-1].code == "alphabet"
    assert by_name[-1].shown == "Ghana"


def test_what_changed_between_two_cuts():
    assert changes(["a", "b", "c"], ["b", "c", "d"]) == (
        Shift("b", 2, 1),
        Shift("c", 3, 2),
        Shift("d", None, 3),
        Shift("a", 1, None),
    )
    assert changes(["a"], ["a"]) == ()


@given(st.permutations(HEADS), st.sampled_from(list(Mode)), st.sampled_from(list(Unit)))
def test_the_order_of_input_never_matters(shuffled, mode, unit):
    rules = Rules(mode=mode, unit=unit, lot="nepal", manual=("chad",))
    assert rank(shuffled, rules) == rank(HEADS, rules)


@given(st.permutations(CORPS), st.integers(1, 9))
def test_an_override_is_kept_exactly_and_the_others_keep_their_order(shuffled, place):
    subject = shuffled[0]
    result = order(HEADS, Rules(), [Override(subject, place, "r")])
    assert result.index(subject) == place - 1
    assert [key for key in result if key != subject] == [key for key in CORPS if key != subject]
