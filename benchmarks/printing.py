"""118 badges through the runner of a served instance, while somebody reads pages.

Claims: the job is done in 6 s of wall time, and no page takes longer than 200 ms meanwhile.
Makes the demo in a temporary folder, serves it as `visitplanner serve` does, signs in and prints.
Prints a table and writes JSON: `python -m benchmarks.printing [FILE.json]`. The same pages are
read once more with nothing printing, to tell the two apart; the load at the start is printed.
"""

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from visitplanner.demo.accounts import PASSWORD as DEMO_PASSWORD
from visitplanner.demo.make import free_port

JOB_SECONDS, PAGE_MS, BADGES, SECONDS_QUIET, BETWEEN = 6.0, 200.0, 118, 5.0, 0.2
PAGES = ("delegations", "badges", "tours", "accreditation")
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
ROW = re.compile(r'name="row"[^>]* value="([^"]+)"')
JOB = re.compile(r'<div class="job (\w+)"')


class Reader:
    """A browser without a screen: cookies, the last token, milliseconds by page."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.token = ""

    def read(self, path: str, **fields: object) -> tuple[str, float]:
        """The page's text and the milliseconds until its last byte; with fields, a POST."""
        data = urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        started = time.perf_counter()
        with self.opener.open(self.address + path, data if fields else None, timeout=30) as answer:
            text = answer.read().decode()
        took = (time.perf_counter() - started) * 1000
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text, took


@contextmanager
def served(folder: Path) -> Iterator[Reader]:
    """The demo of a temporary folder, served by the command."""
    command = [sys.executable, "-m", "visitplanner"]
    subprocess.run(
        [*command, "demo", "--data-dir", str(folder), "--no-serve"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    port = free_port("127.0.0.1", 8100)
    process = subprocess.Popen([*command, "serve", "--data-dir", str(folder), "--port", str(port)])
    try:
        reader = Reader(f"http://127.0.0.1:{port}")
        wait(lambda: answers(reader))
        yield reader
    finally:
        process.terminate()
        process.wait(30)


def answers(reader: Reader) -> bool:
    """Whether the server is up."""
    try:
        reader.read("/health/ready")
    except URLError:
        return False
    return True


def wait(ready: Callable[[], bool], seconds: float = 60) -> None:
    """Ask every tenth of a second. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)


def sign_in(reader: Reader) -> None:
    """As protocol officer of the demo."""
    reader.read("/sign-in")
    reader.read("/sign-in", email="officer@demo.example", password=DEMO_PASSWORD)


def newest_job(page: str) -> str:
    """What the badges page says of the newest printing."""
    found = JOB.search(page)
    if found is None:
        raise RuntimeError("no job on the page")
    return found[1]


def printing(reader: Reader) -> tuple[float, list[float]]:
    """Seconds from the click to the finished file, and what pages took meanwhile."""
    rows = ROW.findall(reader.read("/visits/lomonosov/badges")[0])[:BADGES]
    assert len(rows) == BADGES, "the demo has fewer people"
    started = time.perf_counter()
    page, _ = reader.read("/visits/lomonosov/badges", row=rows, layout="a6:a4", action="print")
    times: list[float] = []
    while (state := newest_job(page)) in ("waiting", "running"):
        times += visit_pages(reader)
        page, took = reader.read("/visits/lomonosov/badges")
        times.append(took)
    if state != "done":
        raise RuntimeError(f"the printing {state}")
    return time.perf_counter() - started, times


def quiet(reader: Reader, seconds: float) -> list[float]:
    """Milliseconds of the same pages with nothing printing."""
    end, times = time.monotonic() + seconds, []
    while time.monotonic() < end:
        times += visit_pages(reader)
    return times


def visit_pages(reader: Reader) -> list[float]:
    """Milliseconds of each page, opened five a second."""
    times = []
    for name in PAGES:
        times.append(reader.read(f"/visits/lomonosov/{name}")[1])
        time.sleep(BETWEEN)
    return times


def main(target: Path | None) -> None:
    """Measure and print."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        with served(Path(folder)) as reader:
            made = time.monotonic() - started
            sign_in(reader)
            alone = quiet(reader, SECONDS_QUIET)
            cold, _ = printing(reader)
            runs = [printing(reader) for _ in range(3)]
    beside = [took for _, times in runs for took in times]
    found = {
        "python": platform.python_version(),
        "load at the start": round(load, 1),
        "demo made and served, wall s": round(made, 1),
        f"{BADGES} badges, wall s, first": round(cold, 2),
        f"{BADGES} badges, wall s": [round(seconds, 2) for seconds, _ in runs],
        "claim, s": JOB_SECONDS,
        "pages alone, ms (median, worst)": spread(alone),
        "pages meanwhile, ms (median, worst)": spread(beside),
        "pages meanwhile": len(beside),
        "claim, ms": PAGE_MS,
    }
    for name, value in found.items():
        print(f"{name:55} {value}")
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n")


def spread(times: list[float]) -> list[float]:
    """Median and worst."""
    return [round(statistics.median(times), 1), round(max(times), 1)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
