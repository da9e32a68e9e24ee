"""Mail as jobs: one transaction, one delivery, kept without a server, tried again."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.rows import add_visit
from tests.support.smtp import Mailbox
from visitplanner.domain.refusals import Refusal
from visitplanner.jobs import queue
from visitplanner.jobs.work import KILLED
from visitplanner.mail.deliver import sender_of
from visitplanner.models import Job, MailMessage, StoredFile
from visitplanner.services import mail
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance
from visitplanner.settings import Settings

pytestmark = pytest.mark.both_databases

VALUES = {"name": "Vera", "address": "http://localhost/new-password/SECRET123", "hours": "2"}


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """With a mail server, in the tests that ask for `mailbox`."""
    if "mailbox" not in request.fixturenames:
        return settings
    box: Mailbox = request.getfixturevalue("mailbox")
    return settings.model_copy(update={"smtp_url": box.url})


def write(act: Act, recipient: str = "vera@mid.example", **more) -> MailMessage:
    row = mail.send(act, "reset", recipient, "en", VALUES, **more)
    act.commit()
    return row


def test_a_letter_is_delivered_once(mailbox: Mailbox, act: Act, db: Session, run_jobs):
    row = write(act)
    assert run_jobs() == 1
    [message] = mailbox.messages
    assert message["To"] == "vera@mid.example"
    assert message["Message-ID"] == f"<{row.id}@localhost>"
    assert "http://localhost/new-password/SECRET123" in message.get_content()
    assert mailbox.recipients == [["vera@mid.example"]]
    kept = db.get(MailMessage, row.id)
    assert (kept.state, kept.error) == ("sent", "")
    assert kept.sent_at is not None


def test_a_job_done_twice_sends_once(mailbox: Mailbox, act: Act, db: Session, run_jobs):
    write(act)
    run_jobs()
    db.scalar(select(Job)).state = "queued"
    db.commit()
    assert run_jobs() == 1
    assert len(mailbox.messages) == 1


def test_a_refused_act_sends_nothing(mailbox: Mailbox, act: Act, db: Session, run_jobs):
    mail.send(act, "reset", "vera@mid.example", "en", VALUES)
    act.session.rollback()
    assert run_jobs() == 0
    assert mailbox.messages == []
    assert db.scalar(select(MailMessage)) is None


def test_a_server_that_cannot_now_is_tried_again(
    mailbox: Mailbox, act: Act, db: Session, run_jobs, clock
):
    mailbox.refuse = "451 later"
    row = write(act)
    assert run_jobs() == 1
    kept = db.get(MailMessage, row.id)
    assert (kept.state, kept.error) == ("waiting", "451 later")
    assert mail.read(act, row.id, links_too=True).next_try == clock() + timedelta(minutes=1)
    mailbox.refuse = ""
    clock.forward(seconds=59)
    assert run_jobs() == 0
    clock.forward(seconds=1)
    assert run_jobs() == 1
    sent = mail.read(act, row.id, links_too=True)
    assert (sent.row.state, sent.row.error, sent.next_try) == ("sent", "", None)
    assert len(mailbox.messages) == 1


def test_the_waits_grow_and_end(mailbox: Mailbox, act: Act, db: Session, run_jobs, clock):
    mailbox.refuse = "451 later"
    row, start, tried = write(act), clock(), []
    while len(tried) < 100 and clock() < start + timedelta(hours=12):
        if run_jobs():
            tried.append((clock() - start) // timedelta(minutes=1))
        clock.forward(minutes=1)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363]
    kept = mail.read(act, row.id, links_too=True)
    assert (kept.row.state, kept.row.error, kept.tries) == ("failed", "451 later", 12)
    assert (kept.may_send_again, kept.next_try) == (True, None)
    mailbox.refuse = ""
    mail.send_again(act, row.id)
    assert run_jobs() == 1
    assert db.get(MailMessage, row.id).state == "sent"
    assert len(mailbox.messages) == 1


def test_what_is_refused_for_good_is_not_tried_again(
    mailbox: Mailbox, act: Act, db: Session, run_jobs, clock
):
    mailbox.refuse = "550 no such mailbox"
    row = write(act)
    assert run_jobs() == 1
    kept = db.get(MailMessage, row.id)
    assert (kept.state, kept.error) == ("failed", "550 no such mailbox")
    clock.forward(days=1)
    assert run_jobs() == 0
    assert db.scalar(select(Job.state)) == "failed"


def test_sent_again_before_its_time_it_goes_out_once(
    mailbox: Mailbox, act: Act, db: Session, run_jobs, clock
):
    mailbox.refuse = "451 later"
    row = write(act)
    run_jobs()
    mailbox.refuse = ""
    mail.send_again(act, row.id)
    assert run_jobs() == 1
    with pytest.raises(Refusal, match="mail-not-failed"):
        mail.send_again(act, row.id)
    clock.forward(days=1)
    assert run_jobs() == 0
    assert len(mailbox.messages) == 1
    assert db.scalars(select(Job)).one().state == "done"


def test_what_waits_for_its_first_try_is_not_sent_again(mailbox: Mailbox, act: Act, run_jobs):
    row = write(act)
    with pytest.raises(Refusal, match="mail-not-failed"):
        mail.send_again(act, row.id)


def test_a_mail_whose_process_is_killed_each_time_is_shown_as_failed(
    mailbox: Mailbox, act: Act, db: Session, run_jobs, clock, instance: Instance
):
    row = write(act)
    for _ in range(mail.BACKOFF.tries):
        with instance.session() as session:
            assert queue.claim(session, "killed", [mail.KIND], clock())
        clock.forward(seconds=61)
    assert run_jobs() == 1
    kept = db.get(MailMessage, row.id)
    assert (kept.state, kept.error) == ("failed", KILLED)
    mail.send_again(act, row.id)
    assert run_jobs() == 1
    assert len(mailbox.messages) == 1


def test_a_server_that_is_away(act: Act, db: Session, run_jobs, mailbox: Mailbox, instance):
    nowhere = instance.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})
    object.__setattr__(instance, "settings", nowhere)
    row = write(act)
    run_jobs()
    kept = db.get(MailMessage, row.id)
    assert kept.state == "waiting"
    assert kept.error.startswith("ConnectionRefusedError")
    assert db.scalar(select(Job.state)) == "queued"


def test_without_a_server_the_letter_is_a_file(act: Act, db: Session, run_jobs, instance: Instance):
    visit = add_visit(db)
    row = write(act, visit_id=visit.id)
    run_jobs()
    kept = db.get(MailMessage, row.id)
    assert kept.state == "written"
    stored = db.get(StoredFile, kept.file_id)
    message = message_from_bytes(instance.files.read(stored), policy=policy.default)
    assert message["Subject"] == kept.subject
    assert "SECRET123" in message.get_content()


def test_no_secret_lies_in_clear(act: Act, db: Session, run_jobs, instance: Instance):
    write(act)
    run_jobs()
    for table in ("mails", "jobs", "audit", "files"):
        assert "SECRET123" not in str(db.execute(text(f"SELECT * FROM {table}")).all())
    files = [path for path in (instance.settings.data_dir / "files").rglob("*") if path.is_file()]
    assert files
    assert all(b"SECRET123" not in path.read_bytes() for path in files)


def test_a_sent_letter_forgets_its_link(
    mailbox: Mailbox, act: Act, db: Session, run_jobs, instance: Instance
):
    row = write(act)
    assert "SECRET123" in mail.body(instance, db.get(MailMessage, row.id))
    run_jobs()
    words = mail.body(instance, db.get(MailMessage, row.id))
    assert "SECRET123" not in words
    assert "http://localhost/new-password/…" in words


@pytest.mark.parametrize(
    "recipient",
    ["", "x", "a@b@c.example", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example",
     "Name <a@b.example>", "a b@c.example", "a@b.example;c@d.example", "@b.example"],
)  # fmt: skip
def test_only_one_plain_address_is_taken(act: Act, db: Session, recipient: str):
    with pytest.raises(Refusal, match="mail-address"):
        mail.send(act, "reset", recipient, "en", VALUES)
    assert db.scalar(select(MailMessage)) is None


def test_one_address_is_not_flooded(act: Act, clock):
    for _ in range(mail.HOURLY):
        write(act)
    with pytest.raises(Refusal, match="mail-too-many"):
        write(act)
    later = Act(act.instance, act.session, at=act.at + timedelta(hours=1, seconds=1))
    write(later)


@pytest.mark.parametrize(
    ("smtp", "sender"),
    [
        ("smtp://u:p@mx.example:25?from=protocol@mid.example", "protocol@mid.example"),
        ("smtps://protocol%40mid.example:p@mx.example", "protocol@mid.example"),
        ("smtp://user:p@mx.example", "visitplanner@visits.mid.example"),
        ("", "visitplanner@visits.mid.example"),
    ],
)
def test_who_the_letter_is_from(smtp: str, sender: str):
    assert sender_of(smtp, "https://visits.mid.example") == sender
