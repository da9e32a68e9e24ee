"""Drawn stand-ins for portraits: nobody is depicted, every one differs a little."""

import io
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 360, 480
SKINS = ("#f1d3bd", "#e3b899", "#c98f66", "#a86f48", "#7d4d31", "#5b3824")
HAIRS = ("#1d1a19", "#3a2a20", "#5c4632", "#8b8b8b", "#c9c4bb", "#2a2320")
COATS = ("#1f2f3f", "#2d2d34", "#3a4a42", "#4a2f3a", "#26354d", "#5a5f66")
GROUNDS = ("#e7ecec", "#eceae4", "#e4e8ef", "#ebe7ea")


def portrait(seed: str) -> bytes:
    """A JPEG of 360 × 480 pixels that is always the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", (WIDTH, HEIGHT), dice.choice(GROUNDS))
    draw = ImageDraw.Draw(image)
    skin, hair, coat = dice.choice(SKINS), dice.choice(HAIRS), dice.choice(COATS)
    middle, top = WIDTH // 2, 96 + dice.randint(-10, 12)
    wide, tall = 74 + dice.randint(-8, 10), 98 + dice.randint(-8, 10)
    if dice.random() < 0.45:
        draw.ellipse((middle - wide - 20, top - 26, middle + wide + 20, 350), fill=hair)
    draw.ellipse((middle - 178, 336, middle + 178, 700), fill=coat)
    draw.polygon(
        [(middle - 44, 338), (middle + 44, 338), (middle + 12, 470), (middle - 12, 470)],
        fill="#f6f4ef",
    )
    draw.rectangle((middle - 30, top + 2 * tall - 40, middle + 30, 352), fill=skin)
    draw.ellipse((middle - wide - 6, top - 24, middle + wide + 6, top + tall), fill=hair)
    draw.ellipse((middle - wide, top, middle + wide, top + 2 * tall), fill=skin)
    if dice.random() < 0.3:
        for side in (-1, 1):
            centre = middle + side * 34
            box = (centre - 24, top + tall - 20, centre + 24, top + tall + 14)
            draw.rounded_rectangle(box, radius=10, outline="#2b2b2b", width=4)
    for side in (-1, 1):
        eye = middle + side * 33
        draw.ellipse((eye - 6, top + tall - 8, eye + 6, top + tall + 4), fill="#2a2320")
    mouth = (middle - 26, top + tall + 36, middle + 26, top + tall + 66)
    draw.arc(mouth, 20, 160, fill="#8a4b3f", width=5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
