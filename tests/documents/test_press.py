"""The press: limits, forks, threads, and nothing read or fetched but what was given."""

import io
import multiprocessing
import os
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.support.pdf import fonts, page_count, texts
from visitplanner.documents.layout import style
from visitplanner.documents.press import PRESS, Press, Sheet
from visitplanner.domain.refusals import Refusal

CSS = style("paper")


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def html(body: str) -> str:
    return f'<!doctype html><html lang="en"><title>Test</title><body>{body}'


def printed_in_a_new_process(start: str) -> bytes:
    with multiprocessing.get_context(start).Pool(1) as pool:
        return pool.apply(_print_text, ("In a child",))


def _print_text(text: str) -> bytes:
    try:
        return PRESS.print(Sheet(html(f"<p>{text}</p>"), CSS))
    finally:
        PRESS.close()


@pytest.mark.parametrize("start", ["spawn", "forkserver"])
def test_a_worker_of_any_start_method_prints(start: str) -> None:
    assert texts(printed_in_a_new_process(start)) == ["In a child"]


def test_a_forked_worker_gets_a_child_of_its_own(press: Press) -> None:
    press.print(Sheet(html("<p>Before</p>"), CSS))
    mine = press._child
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads at a fork, 3.12 and later
        forked = os.fork()
    if forked == 0:
        try:
            pdf = press.print(Sheet(html("<p>Forked</p>"), CSS))
            os.write(write, b"own" if press._child is not mine and texts(pdf) else b"shared")
            press.close()
        finally:
            os._exit(0)
    os.waitpid(forked, 0)
    assert os.read(read, 10) == b"own"
    assert press._child is mine
    assert texts(press.print(Sheet(html("<p>After</p>"), CSS))) == ["After"]
    os.close(read)
    os.close(write)


def test_several_threads_print_without_mixing_their_papers(press: Press) -> None:
    with ThreadPoolExecutor(4) as pool:
        pages = pool.map(
            lambda n: texts(press.print(Sheet(html(f"<p>Paper {n}</p>"), CSS))), range(12)
        )
        assert list(pages) == [[f"Paper {n}"] for n in range(12)]


def test_a_sheet_that_takes_too_long_is_ended_and_the_next_one_prints() -> None:
    press = Press(seconds=2)
    bomb = '<div style="display:flex;flex-direction:column">' * 14 + "x"
    with pytest.raises(Refusal, match="print-failed"):
        press.print(Sheet(html(bomb), CSS))
    patient = Press()
    assert texts(patient.print(Sheet(html("<p>Next</p>"), CSS))) == ["Next"]
    patient.close()
    press.close()


def test_a_dead_child_is_replaced(press: Press) -> None:
    press.warm()
    assert press._child is not None
    press._child.kill()
    press._child.wait()
    assert texts(press.print(Sheet(html("<p>Again</p>"), CSS))) == ["Again"]


def test_the_child_is_replaced_after_many_sheets(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitplanner.documents.press.RECYCLE_AFTER", 2)
    children = set()
    for _ in range(4):
        press.print(Sheet(html("<p>Page</p>"), CSS))
        children.add(press._child)
    assert len(children) == 2


def test_a_picture_of_too_many_pixels_is_left_out(press: Press) -> None:
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    sheet = Sheet(html('<img src="app:p" alt="">'), CSS, pictures={"app:p": out.getvalue()})
    assert page_count(press.print(sheet)) == 1


EVERYTHING = """
<link rel="stylesheet" href="{url}/link.css"><link rel="attachment" href="{file}">
<style>@import "{url}/import.css"; @font-face{{font-family:x;src:url({url}/font.ttf)}}
p{{font-family:x;background:url({url}/back.png)}}</style>
<p>Text<img src="{url}/image.png"><img src="{file}"><a rel="attachment" href="{file}">f</a>
<object data="{url}/object"></object><embed src="{file}">
<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><image href="{url}/inside.png"
 width="9" height="9"/><use href="{file}#a"/></svg>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3C/svg%3E"></p>
"""


def test_nothing_is_fetched_from_the_network_or_the_disk(press: Press, tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    canary = tmp_path / "canary.svg"
    canary.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>CANARY</text></svg>")
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        pdf = press.print(Sheet(html(EVERYTHING.format(url=address, file=canary.as_uri())), CSS))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == []
    assert "CANARY" not in " ".join(texts(pdf))
    assert b"CANARY" not in pdf


def test_a_box_instead_of_a_letter_is_refused_by_its_character(press: Press) -> None:
    with pytest.raises(Refusal) as refusal:
        press.print(Sheet(html("<p>ᜀ</p>"), CSS))
    assert refusal.value.code == "glyph-missing"
    assert refusal.value.details["character"] == "ᜀ"
    assert refusal.value.details["codepoint"] == "U+1700"


def test_only_our_fonts_are_used_whatever_the_machine_has(press: Press) -> None:
    body = '<p style="font-family:DejaVu Sans">Latin Кириллица</p><p lang="ar">عائشة</p>'
    used = {name.split("+")[1] for name in fonts(press.print(Sheet(html(body), CSS)))}
    assert used
    assert all(name.startswith(("Golos", "Noto", "Old")) for name in used), used


def test_papers_are_tagged_for_readers_and_say_their_language(press: Press) -> None:
    with pikepdf.open(io.BytesIO(press.print(Sheet(html("<h1>Head</h1>"), CSS)))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
