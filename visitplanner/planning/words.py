"""Sentences of the planner for coordinators, by code and language."""

from __future__ import annotations

from visitplanner.planning.words_more import MORE

WORDS: dict[str, dict[str, str]] = {
    "language": {
        "en": "{who} speaks only {languages}; there is no interpreter for it.",
        "ru": "{who} говорит только на: {languages}; переводчика для этого языка нет.",
    },
    "too-large": {
        "en": "{who} has {people} people who stay together; a group has at most {most}.",
        "ru": "{who}: {people} чел. идут вместе, а в группе может быть не больше {most}.",
    },
    "few-stops": {
        "en": "{who} may go to {usable} stops; each group must see at least {least}.",
        "ru": "{who} может посетить остановок: {usable}; каждая группа должна увидеть не меньше "
        "{least}.",
    },
    "stops-missing": {
        "en": "Each group must see {least} stops; there are {stops}.",
        "ru": "Каждая группа должна увидеть остановок: {least}; всего их {stops}.",
    },
    "sizes": {
        "en": "{people} guests cannot be divided into groups of {least} to {most}.",
        "ru": "{people} гостей нельзя разделить на группы от {least} до {most} чел.",
    },
    "escorts": {
        "en": "{people} guests make at least {groups} groups; there are {escorts} escorts.",
        "ru": "{people} гостей — это не меньше {groups} групп; сопровождающих {escorts}.",
    },
    "interpreters": {
        "en": "{people} guests who speak only {languages} need {need} interpreters; there are "
        "{there}.",
        "ru": "{people} гостям, говорящим только на: {languages}, нужно переводчиков: {need}; есть "
        "{there}.",
    },
    "tour-time": {
        "en": "A tour of {least} stops takes at least {minutes} minutes; there are {horizon}.",
        "ru": "Обход {least} остановок занимает не меньше {minutes} мин; есть {horizon}.",
    },
    "tour-closed": {
        "en": "No tour of {least} stops fits the opening hours within {horizon} minutes.",
        "ru": "Обход {least} остановок не укладывается в часы работы и {horizon} мин.",
    },
    "stop-hours": {
        "en": "{groups} groups need {need} minutes at {stops} stops that offer {offered}.",
        "ru": "Группам ({groups}) нужно {need} мин на {stops} остановках, а они дают {offered}.",
    },
    "stop-visits": {
        "en": "{groups} groups at {least} stops each are {need} visits; the {stops} stops have "
        "room for {offered}.",
        "ru": "Группы ({groups}) по {least} остановок — это {need} посещений; на {stops} "
        "остановках помещается {offered}.",
    },
    "pin-apart": {
        "en": "{who} and {other} are pinned together and must be apart.",
        "ru": "{who} и {other} закреплены вместе, но должны быть в разных группах.",
    },
    "pin-company": {
        "en": "{who} and those pinned to it are {people} people; a group has at most {most}.",
        "ru": "{who} и закреплённые с ней — {people} чел.; в группе не больше {most}.",
    },
    "pin-language": {
        "en": "{who} and those pinned to it have no {count} working languages that all understand.",
        "ru": "У {who} и закреплённых с ней нет общих рабочих языков (не более {count}).",
    },
    "pin-starts": {
        "en": "{who} is pinned to {stop} at {first} and at {second} minutes.",
        "ru": "{who} закреплена за «{stop}» и на {first}, и на {second} мин.",
    },
    "pin-barred": {
        "en": "{who} is pinned to {stop}, where its group may not go.",
        "ru": "{who} закреплена за «{stop}», куда её группе нельзя.",
    },
    "pin-closed": {
        "en": "{who} is pinned to {stop} at minute {start}, when no visit can take place there.",
        "ru": "{who} закреплена за «{stop}» на {start}-й минуте, когда посещение невозможно.",
    },
    "pin-places": {
        "en": "More groups are pinned to {stop} at minute {start} than the {places} it takes.",
        "ru": "За «{stop}» на {start}-й минуте закреплено больше групп, чем мест ({places}).",
    },
    "pin-many": {
        "en": "{who} is pinned to {count} stops; a group sees at most {most}.",
        "ru": "{who} закреплена за {count} остановками; группа видит не больше {most}.",
    },
    "way-stops": {
        "en": "Way out: {count} stops for each group instead of {least}: {visits} visits fewer, "
        "{unmet} wishes unmet.",
        "ru": "Выход: по {count} остановок на группу вместо {least}: на {visits} посещений меньше, "
        "невыполненных пожеланий {unmet}.",
    },
    "way-horizon": {
        "en": "Way out: {minutes} more minutes ({horizon} instead of {old}); {idle} minutes of "
        "waiting in all.",
        "ru": "Выход: ещё {minutes} мин ({horizon} вместо {old}); ожидание всего {idle} мин.",
    },
    "way-places": {
        "en": "Way out: {places} groups at once at {stops}; {idle} minutes of waiting in all.",
        "ru": "Выход: по {places} группы одновременно на: {stops}; ожидание всего {idle} мин.",
    },
    "way-places-stops": {
        "en": "Way out: {count} stops for each group, {places} groups at once at {stops}; {idle} "
        "minutes of waiting in all.",
        "ru": "Выход: по {count} остановок на группу и по {places} группы одновременно на: "
        "{stops}; ожидание всего {idle} мин.",
    },
    "way-groups": {
        "en": "Way out: groups of up to {most} people instead of {old}: {groups} groups.",
        "ru": "Выход: группы до {most} чел. вместо {old}: всего групп {groups}.",
    },
    "way-interpreter": {
        "en": "Way out: one more interpreter for {languages}.",
        "ru": "Выход: ещё один переводчик ({languages}).",
    },
    "way-escorts": {
        "en": "Way out: {count} more escorts.",
        "ru": "Выход: ещё сопровождающих: {count}.",
    },
    "way-pins": {
        "en": "Way out: release the pin of {who}.",
        "ru": "Выход: снять закрепление {who}.",
    },
    "way-apart": {
        "en": "Way out: allow {who} and {other} in one group.",
        "ru": "Выход: разрешить {who} и {other} быть в одной группе.",
    },
    "way-headline": {
        "en": "Way out: receive heads at the headline stop in any order.",
        "ru": "Выход: принимать глав на главной остановке в любом порядке.",
    },
    "short-stops": {
        "en": "Group {who} sees {seen} of {least} stops so far.",
        "ru": "Группа {who} пока видит остановок: {seen} из {least}.",
    },
    "short-pin": {
        "en": "Group {who} does not reach the pinned stop {stop} so far.",
        "ru": "Группа {who} пока не попадает на закреплённую остановку «{stop}».",
    },
    "short-people": {
        "en": "Group {who} has {people} people so far, at least {least} are needed.",
        "ru": "В группе {who} пока {people} чел., нужно не меньше {least}.",
    },
    "short-staff": {
        "en": "{count} interpreters or escorts are short so far.",
        "ru": "Пока не хватает переводчиков или сопровождающих: {count}.",
    },
    "visit-moved": {
        "en": "Group {group}: {stop} at minute {start} instead of {old}.",
        "ru": "Группа {group}: «{stop}» на {start}-й минуте вместо {old}-й.",
    },
    "visit-dropped": {
        "en": "Group {group} no longer goes to {stop} (minute {start}).",
        "ru": "Группа {group} больше не идёт на «{stop}» ({start}-я минута).",
    },
    "visit-added": {
        "en": "Group {group} goes to {stop} at minute {start}.",
        "ru": "Группа {group} идёт на «{stop}» на {start}-й минуте.",
    },
    "guest-in": {
        "en": "{guests} joins group {group}.",
        "ru": "{guests} присоединяется к группе {group}.",
    },
    "guest-out": {
        "en": "{guests} leaves group {group}.",
        "ru": "{guests} уходит из группы {group}.",
    },
    "new-group": {
        "en": "New group {group}: {guests}.",
        "ru": "Новая группа {group}: {guests}.",
    },
    "no-group": {"en": "Group {group} is dissolved.", "ru": "Группа {group} распущена."},
    "escort": {
        "en": "Group {group} is led by {who}.",
        "ru": "Группу {group} сопровождает {who}.",
    },
    "interpreter": {
        "en": "Group {group}: {who} interprets {languages}.",
        "ru": "Группа {group}: переводит {who} ({languages}).",
    },
    "languages": {
        "en": "Group {group} works in {languages}.",
        "ru": "Рабочие языки группы {group}: {languages}.",
    },
    "joins-at": {
        "en": "{who} joins group {group} at {stop} at minute {start}.",
        "ru": "{who} догоняет группу {group} на «{stop}» на {start}-й минуте.",
    },
    "joins-never": {
        "en": "{who} arrives after the last visit of group {group}.",
        "ru": "{who} прибывает после последнего посещения группы {group}.",
    },
    "no-place": {
        "en": "No group can take {who}.",
        "ru": "Ни одна группа не может принять {who}.",
    },
    "short-tour": {
        "en": "Group {who} sees {seen} of {least} stops.",
        "ru": "Группа {who} увидит остановок: {seen} из {least}.",
    },
    "late-home": {
        "en": "Group {who} is back in the hall at minute {minute}, after the end.",
        "ru": "Группа {who} вернётся в зал на {minute}-й минуте, после окончания.",
    },
    "no-staff": {
        "en": "Nobody is free to replace {who} in group {group}.",
        "ru": "Некому заменить {who} в группе {group}.",
    },
    "more-interpreter": {
        "en": "One more interpreter for {what}:",
        "ru": "Ещё один переводчик ({what}):",
    },
    "more-escort": {"en": "One more escort:", "ru": "Ещё один сопровождающий:"},
    "more-place": {
        "en": "One more group at once at {what}:",
        "ru": "Ещё одна группа одновременно на «{what}»:",
    },
    "more-minutes": {"en": "{what} more minutes:", "ru": "Ещё {what} мин:"},
    "more-people": {
        "en": "Groups of up to {what} people:",
        "ru": "Группы до {what} чел.:",
    },
    "saves": {
        "en": "saves {idle} minutes of waiting, {walk} of walking and {unmet} unmet wishes "
        "({points} points).",
        "ru": "экономит {idle} мин ожидания, {walk} мин ходьбы и {unmet} невыполненных пожеланий "
        "({points} баллов).",
    },
    "not-found": {
        "en": "No plan was found in the time given, and none was proved impossible.",
        "ru": "За отведённое время план не найден, и невозможность его не доказана.",
    },
}


def say(code: str, language: str = "en", **values: object) -> str:
    """The sentence of a code in a language (English where there is none)."""
    forms = WORDS[code] | MORE.get(code, {})
    return forms.get(language, forms["en"]).format(**values)
