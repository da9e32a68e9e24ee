"""What the programme makes of the words that staff typed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.demo import opened
from visitplanner.domain.collation import sort_key
from visitplanner.domain.typography import clock
from visitplanner.models import (
    Delegation,
    Participant,
    Stop,
    TourGroup,
    TourStaff,
    Visit,
    WalkingTime,
)
from visitplanner.queries.day import agenda_rows, tour_groups, tour_start
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.day_rows import DayRows
from visitplanner.services.day_values import (
    edition_line,
    foot_line,
    order_values,
    position_after_name,
    programme_values,
)
from visitplanner.services.papers import prepare
from visitplanner.services.route_values import route_cards


@pytest.fixture
def act(demo_copy: Path) -> Iterator[Act]:
    """An act on a copy of the demo."""
    for instance in opened(demo_copy):
        with instance.session() as session:
            yield Act(instance, session, SYSTEM, session.scalars(select(Visit.id)).one())


@pytest.fixture
def visit(act: Act) -> Visit:
    return act.session.scalars(select(Visit)).one()


@pytest.mark.parametrize(
    ("position", "language", "printed"),
    [
        ("Заместитель директора Департамента", "ru", "заместитель директора Департамента"),
        ("МИД России, советник", "ru", "МИД России, советник"),
        ("Directrice générale", "fr", "directrice générale"),
        ("Deputy Director, Department of State Protocol", "en",
         "Deputy Director, Department of State Protocol"),
        ("", "ru", ""),
    ],
)  # fmt: skip
def test_a_position_after_a_name(position: str, language: str, printed: str) -> None:
    assert position_after_name(position, language) == printed


def test_an_edition_bears_the_day_on_the_clocks_of_the_visit(act: Act, visit: Visit) -> None:
    act.at = datetime(2026, 10, 30, 22, 30, tzinfo=UTC)
    assert edition_line(act, visit, 1, "ru") == "Редакция 1, 31.10.2026 01:30"
    assert foot_line(act, visit, 1, "en") == "Edition 1, 31.10.2026 01:30"
    assert foot_line(act, visit, 3, "en") == "Edition 3, 31.10.2026 01:30. Replaces edition 2"


def test_a_new_edition_of_the_same_values_is_not_stale(act: Act, visit: Visit) -> None:
    for kind in ("programme", "running-order", "route-cards"):
        hashes = {
            prepare(act, visit, kind, language="ru", edition=edition).values_hash
            for edition in (1, 2)
        }
        assert len(hashes) == 1, kind
    assert order_values(act, visit, language="ru", edition=2).replaces == "Заменяет редакцию 1"


def test_what_guests_read_below_a_title_is_printed_with_speakers_or_room(
    act: Act, visit: Visit
) -> None:
    talk = next(row for row in agenda_rows(act.session, visit.id) if row.talks)
    plain = next(row for row in agenda_rows(act.session, visit.id)
                 if row.room and not row.talks and row.audience == "guests")  # fmt: skip
    before = {row.title: row for row in programme_values(act, visit, language="en").rows}
    for row in (talk, plain):
        row.summary = {"en": "Please be seated", "ru": "Просим занять места"}
    values = programme_values(act, visit, language="ru", second="en")
    after = {row.second_title: row for row in values.rows}
    for row in (talk, plain):
        title = row.title["en"]
        assert before[title].notes
        assert after[title].second_notes == ("Please be seated", *before[title].notes)
        assert after[title].notes[0] == "Просим занять места"


def test_a_position_known_in_one_language_stands_in_the_other(act: Act, visit: Visit) -> None:
    guest = act.session.scalars(
        select(Participant).where(
            Participant.delegation_id.is_not(None), Participant.status == "approved"
        )
    ).first()
    assert guest is not None
    assert guest.delegation is not None
    guest.person.position_ru, guest.person.position_en = "", "Attaché for Tides"
    act.session.flush()
    delegation = DayRows(act.session, visit).delegation(guest.delegation.code)
    people = programme_values(act, visit, language="ru", delegation=delegation).blocks[0].lines
    assert [line.note for line in people if line.note == "Attaché for Tides"] == [
        "Attaché for Tides"
    ]


def test_a_delegations_programme_in_two_languages_speaks_both_throughout(
    act: Act, visit: Visit
) -> None:
    code = act.session.scalars(
        select(Delegation.code)
        .join(Participant, Participant.delegation_id == Delegation.id)
        .where(Participant.group_id.is_not(None))
    ).first()
    assert code
    delegation = DayRows(act.session, visit).delegation(code)
    spoken = {
        language: programme_values(act, visit, language=language, delegation=delegation).blocks
        for language in ("ru", "en")
    }
    both = programme_values(act, visit, language="ru", second="en", delegation=delegation).blocks
    assert [(one.title, one.subtitle) for one in both] == [
        (one.title, one.subtitle) for one in spoken["ru"]
    ]
    assert [(one.second_title, one.second_subtitle) for one in both] == [
        (one.title, one.subtitle) for one in spoken["en"]
    ]
    lines = [line for one in both for line in one.lines]
    assert [(line.second_text, line.second_note) for line in lines] == [
        (line.text, line.note) for one in spoken["en"] for line in one.lines
    ]
    assert len(lines) > 4


def test_a_route_card_says_when_each_stop_ends_and_when_the_group_is_back(
    act: Act, visit: Visit
) -> None:
    card = route_cards(act, visit, language="en")[0]
    group = tour_groups(act.session, visit.id)[0]
    start = tour_start(act.session, visit.id)
    assert start is not None
    hall = act.session.scalars(select(Stop).where(Stop.is_hall)).one()
    last = group.visits[-1]
    walk = act.session.scalars(
        select(WalkingTime.minutes).where(
            WalkingTime.from_id == last.stop_id, WalkingTime.to_id == hall.id
        )
    ).one()

    def at(minute: int) -> str:
        return clock(start.starts_at + timedelta(minutes=minute), visit.timezone)

    assert [stop.time for stop in card.stops] == [
        *(at(one.starts_minute) for one in group.visits), at(last.ends_minute + walk)
    ]  # fmt: skip
    assert card.stops[0].note.startswith(f"until {at(group.visits[0].ends_minute)}. ")
    assert (card.stops[-1].name, card.stops[-1].note) == (hall.name["en"], "Back")


def test_a_route_card_names_languages_and_files_the_senders_by_name(act: Act, visit: Visit) -> None:
    escort = act.session.scalars(select(TourStaff).where(TourStaff.role == "escort")).first()
    assert escort is not None
    escort.participant.person.phone = "+7 495 000-00-17"
    group = act.session.get_one(TourGroup, escort.group_id)
    guest = act.session.scalars(select(Participant).where(Participant.group_id == group.id)).first()
    assert guest is not None
    guest.person.step_free = True
    act.session.flush()
    cards = {card.letter: card for card in route_cards(act, visit, language="ru")}
    facts = dict(cards[group.letter].facts)
    assert facts["Ведёт"].endswith(", +7 495 000-00-17")
    assert facts["Особо"].startswith("без лестниц: ")
    assert "русский" in " ".join(card.summary[0] for card in cards.values())
    for card in cards.values():
        names = [part.rsplit(" ", 1)[0] for part in dict(card.facts)["Делегации"].split(", ")]
        assert len(names) > 1
        assert names == sorted(names, key=lambda name: sort_key(name, "ru"))
