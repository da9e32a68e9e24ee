"""From rows to what stands on a badge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from visitplanner.documents.badges import BadgeValues
from visitplanner.domain.typography import held_together
from visitplanner.models import (
    Badge,
    Delegation,
    Mission,
    Participant,
    State,
    StateOverride,
    StoredFile,
    Visit,
)
from visitplanner.services.act import Act

GROUP_WORDS = {"ru": "группа", "en": "group", "fr": "groupe", "es": "grupo"}


@dataclass(frozen=True, slots=True)
class Tongues:
    """The two languages of a visit's papers; both the same for a visit in one language."""

    first: str
    second: str

    def text(self, texts: dict[str, str], *, second: bool = False) -> str:
        """A text in the first or second language, else in any there is."""
        wanted = self.second if second else self.first
        found = texts.get(wanted) or texts.get("en") or texts.get("ru")
        return held_together(found or next(iter(texts.values()), ""), wanted)


def tongues(visit: Visit) -> Tongues:
    """The first two languages of the visit."""
    codes = visit.languages or ["en"]
    return Tongues(codes[0], codes[1] if len(codes) > 1 else codes[0])


def long_date(day: date, language: str) -> str:
    """31 October 2025, in the language; British order in English."""
    return format_date(day, "long", locale="en_GB" if language == "en" else language)


def badge_rows(session: Session, ids: Sequence[str]) -> list[Badge]:
    """These badges with all that is printed on them, in the order of `ids`."""
    rows = session.scalars(
        select(Badge)
        .where(Badge.id.in_(ids))
        .options(
            selectinload(Badge.participant).options(
                selectinload(Participant.person),
                selectinload(Participant.category),
                selectinload(Participant.group),
                selectinload(Participant.organisation),
                selectinload(Participant.delegation)
                .selectinload(Delegation.mission)
                .selectinload(Mission.state),
            )
        )
    )
    known = {row.id: row for row in rows}
    return [known[key] for key in ids if key in known]


def values_of(
    act: Act, visit: Visit, badges: Sequence[Badge], *, photos: bool = True
) -> list[BadgeValues]:
    """What stands on these badges (rows as `badge_rows` loads them); photos may be left out."""
    speak = tongues(visit)
    overrides = {
        row.state_key: row
        for row in act.session.scalars(
            select(StateOverride).where(StateOverride.visit_id == visit.id)
        )
    }
    pictures = _photos(act, [badge.participant for badge in badges]) if photos else {}
    return [_badge(visit, speak, overrides, badge, pictures) for badge in badges]


def _photos(act: Act, people: Sequence[Participant]) -> dict[str, bytes]:
    ids = [who.person.photo_id for who in people if who.person.photo_id]
    rows = act.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)))
    return {row.id: act.instance.files.read(row) for row in rows}


def _badge(
    visit: Visit,
    speak: Tongues,
    overrides: dict[str, StateOverride],
    badge: Badge,
    photos: dict[str, bytes],
) -> BadgeValues:
    who = badge.participant
    person, category, group = who.person, who.category, who.group
    first, second, flag, panel = sender_of(who, speak, overrides)
    positions = {"ru": person.position_ru, "en": person.position_en}
    return BadgeValues(
        person=person.passport_name or f"{person.given_name} {person.family_name}".strip(),
        code=badge.code_text,
        serial=badge.serial,
        given=person.given_name,
        family=person.family_name,
        name_order=person.name_order,
        ribbon=category.ribbon,
        letter=category.letter,
        word=speak.text(category.word),
        word_second=speak.text(category.word, second=True),
        event=speak.text(visit.short_title or visit.title),
        event_second=f"{speak.text(visit.short_title or visit.title, second=True)}, "
        f"{long_date(visit.day, speak.second)}",
        sender=first,
        sender_second=second,
        honorific=person.honorific,
        native=person.native_name,
        native_language=person.native_language,
        second_name=person.russian_name if speak.first == "ru" else "",
        job=positions.get(speak.first) or person.position_en or person.position_ru,
        job_second=positions.get(speak.second) or person.position_en or person.position_ru,
        flag=flag,
        panel=panel,
        photo=photos.get(person.photo_id or ""),
        zones=tuple(category.zones),
        group=group.letter if group else "",
        group_words=(GROUP_WORDS.get(speak.first, "group"), GROUP_WORDS.get(speak.second, "group")),
        stamp=f"{badge.serial} · {badge.issued_at:%d.%m.%Y %H:%M} UTC",
        language=speak.first,
    )


def sender_of(
    who: Participant, speak: Tongues, overrides: dict[str, StateOverride]
) -> tuple[str, str, str, str]:
    """Who sends the person, in both languages; the flag, or what stands on a plain panel."""
    if who.delegation is None:
        organisation = who.organisation
        assert organisation is not None
        names = organisation.short_name or organisation.name
        return speak.text(names), speak.text(names, second=True), "", ""
    state = who.delegation.mission.state
    own = overrides.get(state.key)
    flag = own.flag if own and own.flag is not None else state.flag
    panel = "" if flag or state.kind == "organisation" else (state.iso3 or state.key[:3].upper())
    return (
        state_name(state, own, speak.first),
        state_name(state, own, speak.second),
        flag,
        panel,
    )


def state_name(state: State, own: StateOverride | None, language: str) -> str:
    """The name for running text (formal where the short one has a bracket), the visit's first."""
    for names in ((own.names if own else {}), state.names):
        found = names.get(language) or {}
        short = str(found.get("short", ""))
        if short:
            return str(found.get("formal") or short) if "(" in short else short
    return state.key
