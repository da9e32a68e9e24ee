"""The fonts of the papers: which there are, which character each covers, what is missing."""

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import uharfbuzz as hb

from visitplanner.domain.refusals import Refusal

FOLDER = Path(__file__).resolve().parent / "fonts"
CJK_FOLDER = Path("/usr/share/fonts/opentype/noto")
CJK_FILES = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}
SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Hebrew", "Khmer",
    "Lao", "Myanmar", "Sinhala", "Tamil", "Thaana", "Thai",
)  # fmt: skip
FAMILIES = (
    "Golos Text",
    "Noto Sans",
    *(f"Noto Sans {name}" for name in SCRIPTS),
    "Noto Sans CJK SC",
)
"""In the order in which they are asked for a letter."""
JOINERS = frozenset("\u200c\u200d\u200e\u200f\u2060\ufeff\n\t")


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file and the code points it draws."""

    family: str
    font: hb.Font
    em: int
    covers: frozenset[int]


def _load(family: str, path: Path, index: int = 0) -> Typeface:
    face = hb.Face(hb.Blob.from_file_path(str(path)), index)
    return Typeface(family, hb.Font(face), face.upem, frozenset(face.unicodes))


@cache
def work(weight: str = "Regular") -> tuple[Typeface, ...]:
    """The working faces in order of preference: Golos Text, Noto Sans, scripts, Chinese."""
    noto = "Regular" if weight in ("Regular", "Medium") else "Bold"
    found = [
        _load("Golos Text", FOLDER / f"GolosText-{weight}.ttf"),
        _load("Noto Sans", FOLDER / f"NotoSans-{noto}.ttf"),
    ]
    found += [
        _load(f"Noto Sans {script}", FOLDER / f"NotoSans{script}-{noto}.ttf") for script in SCRIPTS
    ]
    cjk = CJK_FOLDER / f"NotoSansCJK-{noto}.ttc"
    if cjk.is_file():
        found.append(_load("Noto Sans CJK SC", cjk, CJK_FACES["zh"]))
    return tuple(found)


@cache
def voice() -> tuple[Typeface, ...]:
    """The speaking face, Old Standard TT, with the working faces behind it."""
    return (_load("Old Standard TT", FOLDER / "OldStandardTT-Regular.ttf"), *work())


@cache
def _covered() -> frozenset[int]:
    return frozenset().union(*(face.covers for face in work()))


def missing_characters(text: str) -> str:
    """The characters of `text` no font of ours draws, each once, in order."""
    known = _covered()
    wanted = dict.fromkeys(char for char in text if char not in JOINERS)
    return "".join(char for char in wanted if ord(char) not in known)


def demand_glyphs(person: str, *texts: str) -> None:
    """Refuse to print boxes: `glyph-missing` names the person and the first such character."""
    for text in texts:
        lacking = missing_characters(text)
        if lacking:
            raise Refusal(
                "glyph-missing",
                person=person,
                character=lacking[0],
                codepoint=f"U+{ord(lacking[0]):04X}",
            )


def missing_fonts() -> list[str]:
    """Debian packages to install for scripts that are not shipped (Chinese, Japanese, Korean)."""
    there = all((CJK_FOLDER / name).is_file() for name in CJK_FILES)
    return [] if there else ["fonts-noto-cjk"]


@cache
def _folder(owner: int) -> Path:
    """A folder of the process `owner` for fontconfig's file and cache, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="visitplanner-fonts-"))
    atexit.register(_remove, folder, owner)
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def fontconfig() -> Path:
    """A fontconfig file that shows our fonts and Noto Sans CJK and nothing else."""
    folder = _folder(os.getpid())
    target = folder / "fonts.conf"
    if not target.is_file():
        target.write_text(
            f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{escape(str(FOLDER))}</dir><dir>{escape(str(CJK_FOLDER))}</dir>
<cachedir>{escape(str(folder))}</cachedir>
<selectfont><rejectfont><glob>{CJK_FOLDER}/NotoSerif*</glob></rejectfont></selectfont>
</fontconfig>""",
            "utf-8",
        )
    return target
