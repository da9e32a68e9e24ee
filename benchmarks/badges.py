"""Badges: processor time of one badge on a warm press, wall time of the 118 of a visit.

Claims: one badge at most 40 ms of CPU (parent and child together), 118 badges at most 6 s wall.
Prints a table and writes JSON: `python -m benchmarks.badges [FILE.json]`. Wall times mean little
while the machine does other work; the load at the start is printed beside them.
"""

import json
import os
import platform
import random
import statistics
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visitplanner.demo.portraits import portrait
from visitplanner.documents.badges import BadgeValues, render_badges
from visitplanner.documents.press import PRESS
from visitplanner.domain.badges import EPOCH, Payload, TrustedKey, judge, sign
from visitplanner.paths import STATIC

ONE_MS, ALL_SECONDS, PEOPLE, ROUNDS = 40.0, 6.0, 118, 60
KEY = b"\x07" * 32
TICK = os.sysconf("SC_CLK_TCK")
SURNAMES = ("Benali Haddad", "Kowalczyk-Wiśniewska", "Nguyễn", "O’Connor", "Okonkwo", "Li",
            "de Souza Carvalho", "Razanakolona", "Tokayev", "Suharyono")  # fmt: skip
GIVEN = ("Aïcha", "Maria Magdalena", "Thị Ngọc Ánh", "Séamus", "Chinwe", "Wei", "Jürgen")
OWN = (("محمد عبد الله الراشد", "ar"), ("欧阳修文", "zh"), ("ნინო ბერიძე", "ka"), ("", ""),
       ("ቴዎድሮስ ኃይለ ማርያም", "am"), ("สมชาย พรหมสุวรรณภักดี", "th"), ("", ""), ("", ""))  # fmt: skip
FLAGS = [path.stem for path in sorted((STATIC / "vendor/flag-icons-7.5.0/4x3").glob("??.svg"))][::5]
RIBBONS = (
    ("head", "E", "Глава миссии", "Head of mission"),
    ("delegate", "D", "Делегат", "Delegate"),
    ("press", "P", "Пресса", "Press"),
)


def people(count: int) -> list[BadgeValues]:
    """As many invented people, always the same."""
    dice = random.Random(1)
    found = []
    for number in range(count):
        native, language = dice.choice(OWN)
        ribbon, letter, word, word_second = dice.choice(RIBBONS)
        until = EPOCH + timedelta(hours=20000)
        found.append(
            BadgeValues(
                person=str(number),
                code=sign(Payload(1, f"{number:014x}", 1, 3, until), KEY),
                serial=f"{letter}-{number:04}",
                given=dice.choice(GIVEN),
                family=dice.choice(SURNAMES),
                name_order="given_first",
                ribbon=ribbon,
                letter=letter,
                word=word,
                word_second=word_second,
                event="Визит в кластер «Ломоносов»",
                event_second="Visit to the Lomonosov cluster, 31 October 2025",
                sender="Многонациональное Государство Боливия" if number % 9 == 0 else "Алжир",
                sender_second="Algeria",
                native=native,
                native_language=language,
                second_name="Аиша Бенали Хаддад",
                job="Чрезвычайный и Полномочный Посол",
                job_second="Ambassador Extraordinary and Plenipotentiary",
                flag=FLAGS[number % len(FLAGS)],
                photo=portrait(str(number)),
                zones=("A", "B"),
                group="ABCDEFGHJ"[number % 9],
                stamp=f"{letter}-{number:04} · 30.10.2025 18:00 UTC",
            )
        )
    return found


def spent() -> float:
    """Processor seconds of this process and of the press's child."""
    child = PRESS._child
    assert child is not None
    words = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(words[11]) + int(words[12])) / TICK


def yardstick() -> float:
    """Milliseconds of CPU for a fixed piece of Python: the machine's speed at this moment."""
    before = time.process_time()
    for _ in range(5):
        sum(number for number in range(1_000_000))
    return (time.process_time() - before) / 5 * 1000


def per_round(rounds: int, badges: list[BadgeValues]) -> float:
    """Milliseconds of CPU a badge, over so many prints of one."""
    before = spent()
    for number in range(rounds):
        render_badges([badges[number % len(badges)]])
    return (spent() - before) / rounds * 1000


def main(target: Path | None) -> None:
    """Measure and print."""
    load = os.getloadavg()[0]
    badges = people(PEOPLE)
    started = time.monotonic()
    render_badges(badges[:1])
    first = time.monotonic() - started
    render_badges(badges)  # every flag compiled
    latin = [replace(badge, native="", native_language="") for badge in badges]
    chinese = [replace(badge, native="欧阳修文", native_language="zh") for badge in badges]
    ones = [per_round(ROUNDS // 3, badges) for _ in range(3)]
    walls, cpus, size = [], [], 0
    for _ in range(3):
        before, started = spent(), time.monotonic()
        size = len(render_badges(badges))
        walls.append(time.monotonic() - started)
        cpus.append(spent() - before)
    before, started = spent(), time.monotonic()
    PRESS.close()
    render_badges(badges)
    cold = time.monotonic() - started
    public = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
    keys = {1: TrustedKey(public, "v", EPOCH, EPOCH + timedelta(days=900))}
    at = EPOCH + timedelta(days=10)
    began = time.process_time()
    for badge in badges:
        assert judge(badge.code, keys, visit="v", at=at).verdict.admits
    results = {
        "python": platform.python_version(),
        "load at the start": round(load, 1),
        "yardstick: a sum of a million numbers, CPU ms": round(yardstick(), 1),
        "one badge, CPU ms (median of 3 × 20, mixed scripts)": round(statistics.median(ones), 1),
        "one badge, CPU ms, Latin and Cyrillic": round(per_round(ROUNDS // 3, latin), 1),
        "one badge, CPU ms, Chinese": round(per_round(ROUNDS // 3, chinese), 1),
        "claim, ms": ONE_MS,
        "118 badges, wall s (best, median of 3)": [round(min(walls), 2),
                                                   round(statistics.median(walls), 2)],
        "118 badges, CPU s": round(statistics.median(cpus), 2),
        "118 badges with a cold press, wall s": round(cold, 2),
        "claim, s": ALL_SECONDS,
        "first badge after start, wall s": round(first, 2),
        "kB a badge": round(size / PEOPLE / 1000, 1),
        "verdict on a code, µs": round((time.process_time() - began) / PEOPLE * 1e6, 1),
    }  # fmt: skip
    for name, value in results.items():
        print(f"{name:55} {value}")
    if target is not None:
        target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
