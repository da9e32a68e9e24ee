"""Build the fonts of the papers (maintainers only): static TrueType from the web fonts and Noto.

    python tools/fonts/build.py WEB_FONT_FOLDER NOTO_FOLDER

WEB_FONT_FOLDER holds the woff2 subsets of Golos Text and Old Standard TT (OFL, from @fontsource),
NOTO_FOLDER the TrueType files of Debian's fonts-noto-core. The result lies in
visitplanner/documents/fonts and is committed.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from visitplanner.documents.typefaces import SCRIPTS

TARGET = Path(__file__).resolve().parents[2] / "visitplanner/documents/fonts"
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
GOLOS = {"Regular": 400, "Medium": 500, "Bold": 700}
OLD = {"Regular": "400-normal", "Italic": "400-italic", "Bold": "700-normal"}
NOTO = ("", *SCRIPTS)


def name(font: TTFont, family: str, style: str) -> None:
    """Give every subset the one family name under which the papers ask for it."""
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (16, 17, 21, 22, 25):
            table.removeNames(nameID=record.nameID)
    for number, text in (
        (1, family),
        (2, style),
        (4, f"{family} {style}"),
        (6, f"{family}-{style}".replace(" ", "")),
    ):
        table.setName(text, number, 3, 1, 0x409)
        table.setName(text, number, 1, 0, 0)
    weight = {"Regular": 400, "Italic": 400, "Medium": 500, "Bold": 700}[style]
    font["OS/2"].usWeightClass = weight


def merge(parts: list[TTFont], family: str, style: str, target: Path) -> None:
    """One font out of the subsets."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, part in enumerate(parts):
            part.flavor = None
            path = Path(folder) / f"{number}.ttf"
            part.save(path)
            paths.append(str(path))
        whole = Merger().merge(paths)
        name(whole, family, style)
        whole.save(target)


def main(web: Path, noto: Path) -> None:
    """Write every font the papers use."""
    TARGET.mkdir(parents=True, exist_ok=True)

    def subset(file: str) -> TTFont:
        return TTFont(next(web.rglob(file)))

    for style, weight in GOLOS.items():
        parts = []
        for part in SUBSETS:
            font = subset(f"golos-text-{part}-wght-normal.woff2")
            parts.append(instantiateVariableFont(font, {"wght": weight}))
        merge(parts, "Golos Text", style, TARGET / f"GolosText-{style}.ttf")
    for style, code in OLD.items():
        parts = [subset(f"old-standard-tt-{part}-{code}.woff2") for part in SUBSETS]
        merge(parts, "Old Standard TT", style, TARGET / f"OldStandardTT-{style}.ttf")
    for script in NOTO:
        for style in ("Regular", "Bold"):
            shutil.copy(noto / f"NotoSans{script}-{style}.ttf", TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
