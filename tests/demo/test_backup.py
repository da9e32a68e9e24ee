"""The backup of docs/admin/backup.md: taken while the instance is written to, opened elsewhere."""

import io
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select, update

from tests.support.checkout import ROOT
from tests.support.demo import settings_in
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.app import create_app
from visitplanner.extensions import db as extension
from visitplanner.models import Badge, Delegation, Participant, Person

SLUG = "lomonosov"


def back_up(folder: Path, to: Path) -> None:
    """What the guide says: the database through SQLite, then the files, then the key."""
    to.mkdir()
    source, copy = (
        sqlite3.connect(place / "visitplanner.sqlite", timeout=30) for place in (folder, to)
    )
    with copy:
        source.backup(copy, pages=64)  # in steps, so that others write between them
    source.close()
    copy.close()
    shutil.copytree(folder / "files", to / "files")
    shutil.copy(folder / "secret.key", to)


def application(folder: Path) -> Flask:
    made = create_app(settings_in(folder))
    made.test_client_class = Visitor
    return made


def write_on(app: Flask, until: Event) -> None:
    """Change notes again and again, as somebody at work would."""
    found, pause = app.extensions["instance"], 0.05
    while not until.wait(pause):
        pause *= 1.1  # each write lets the copy begin anew, and a slow machine shall finish it
        with found.session() as session:
            session.execute(update(Delegation).values(note=Delegation.note + "."))
            session.commit()


@pytest.fixture
def restored(demo_copy: Path, tmp_path: Path) -> Path:
    """A folder of its own, filled from a backup that was taken while somebody wrote."""
    app, done = application(demo_copy), Event()
    writer = Thread(target=write_on, args=[app, done])
    writer.start()
    try:
        back_up(demo_copy, tmp_path / "restored")
    finally:
        done.set()
        writer.join()
    with app.app_context():
        extension.engine.dispose()
    return tmp_path / "restored"


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "visitplanner", *words, "--data-dir", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_restored_instance_opens_photographs_and_knows_its_badges(restored: Path) -> None:
    upgraded = run(restored, "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    app = application(restored)
    with app.app_context(), app.extensions["instance"].session(writing=False) as session:
        assert session.execute(select(func.count(Badge.id))).scalar_one() > 100
        slot = session.scalars(
            select(Participant).join(Person).where(Person.photo_id.is_not(None)).limit(1)
        ).one()
        key, visit_id = slot.id, slot.visit_id
        code = session.scalars(select(Badge.code_text).where(Badge.revoked_at.is_(None))).first()
    client = sign_in(app.test_client(), make_account(app, "protocol_officer", visit_id))
    answer = client.get(f"/visits/{SLUG}/people/{key}/photo")
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.data)).format == "JPEG"
    assert client.get(f"/visits/{SLUG}/delegations").status_code == 200
    with app.app_context():
        extension.engine.dispose()
    judged = run(restored, "badge", "verify", str(code))
    assert judged.stdout.startswith("NOT_YET "), judged.stderr  # signed by us, for another day


def test_another_key_is_refused_before_anything_is_served(restored: Path) -> None:
    (restored / "secret.key").write_bytes(bytes(32))
    for command in ("upgrade", "serve"):
        said = run(restored, command)
        assert said.returncode == 1
        assert "Put back the secret.key" in said.stderr
        assert "Traceback" not in said.stderr
