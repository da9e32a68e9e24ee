"""What the door says: verdicts of PB1 in words, neutral where a guest may read them."""

from babel import Locale
from flask_babel import gettext

from visitplanner.api.schemas import RecentOut, ResultOut, VerdictOut
from visitplanner.domain.badges import Verdict
from visitplanner.queries.admission import Guest
from visitplanner.services.admission import ScanResult
from visitplanner.web.assets import asset
from visitplanner.web.languages import language, text
from visitplanner.web.moments import clock
from visitplanner.web.verdicts import VERDICTS

V = Verdict


def answer(result: ScanResult, guest: Guest | None) -> ResultOut:
    """The answer to one scan in the language of this request."""
    if result.verdict is None:
        lost = VerdictOut(kind="attention", word=gettext("Not taken"), note=gettext("Scan again"))
        return ResultOut(id=result.id, stored=False, code="ID_TAKEN", verdict=lost)
    said = VERDICTS[result.verdict]
    verdict = VerdictOut.model_validate(
        {"kind": said.kind, "word": _word(result, guest) or str(said.word)}
        | {"say": str(said.say), "note": str(said.note)}
        | (_shown(result.verdict, guest) if guest else {})
    )
    return ResultOut(
        id=result.id,
        stored=True,
        code=str(result.verdict),
        verdict=verdict,
        recent=_recent(result, guest) if guest and result.verdict.admits else None,
    )


def _word(result: ScanResult, guest: Guest | None) -> str:
    """The words that depend on more than the verdict."""
    if result.verdict is V.OK and result.direction == "out":
        return str(gettext("Goodbye"))
    if result.verdict is V.REVOKED and guest and guest.replaced:
        return str(gettext("The badge has been replaced"))
    if result.verdict is V.NOT_A_BADGE and result.typed:
        return str(gettext("No such badge"))
    return ""


def _shown(verdict: Verdict, guest: Guest) -> dict[str, str]:
    """Who stands at the door; the group only for those who may come in."""
    found = {
        "name": guest.name,
        "state": ", ".join(filter(None, (sender(guest), guest.position))),
        "flag_url": flag_url(guest),
    }
    if verdict.admits or verdict is V.ALREADY_IN:
        found |= {"group": guest.group, "group_note": _group_note(guest)}
    note = _note(verdict, guest)
    return found | ({"note": note} if note else {})


def _note(verdict: Verdict, guest: Guest) -> str:
    notes = []
    if verdict is V.ALREADY_IN and guest.arrived_at:
        notes.append(gettext("Since %(time)s", time=clock(guest.arrived_at)))
    if verdict.admits or verdict is V.ALREADY_IN:
        if guest.step_free:
            notes.append(gettext("No stairs: show the lift"))
        if guest.do_not_photograph:
            notes.append(gettext("Not to be photographed"))
    return ". ".join(map(str, notes))


def sender(guest: Guest) -> str:
    """The State or organisation that sends the guest."""
    return guest.state.name if guest.state else text(guest.organisation)


def flag_url(guest: Guest) -> str:
    """The address of the small flag; empty where there is none."""
    if guest.state is None or not guest.state.flag:
        return ""
    return asset(f"vendor/flag-icons-7.5.0/small/{guest.state.flag}.webp")


def _group_note(guest: Guest) -> str:
    if not guest.group:
        return ""
    own = Locale.parse(language())
    languages = [str(own.languages.get(code, code)) for code in guest.group_languages]
    return ", ".join([str(gettext("group")), *languages, *guest.escorts])


def _recent(result: ScanResult, guest: Guest) -> RecentOut:
    time = clock(result.scanned_at)
    return RecentOut(time=time, name=guest.name, group=guest.group, flag_url=flag_url(guest))
