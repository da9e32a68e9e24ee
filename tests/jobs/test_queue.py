"""The job table as a queue: told after the commit, claimed once, tried again with waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.worker import until
from visitplanner.domain.refusals import Refusal
from visitplanner.jobs import queue
from visitplanner.jobs.backoff import Backoff
from visitplanner.jobs.embedded import run_all
from visitplanner.jobs.registry import KINDS, Context, job
from visitplanner.jobs.work import holding
from visitplanner.models import Job
from visitplanner.models.base import now
from visitplanner.services.instance import Instance

pytestmark = pytest.mark.both_databases

KIND = "tests.work"
BACKOFF = Backoff(first=timedelta(seconds=10), longest=timedelta(seconds=40), tries=5)


class Work:
    """What the job of these tests does: raises `error` if there is one; notes its calls."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.calls: list[Any] = []
        self.reasons: list[str] = []

    def run(self, context: Context) -> dict[str, Any]:
        self.calls.append(now())
        if self.error:
            raise self.error
        return {"calls": len(self.calls)}

    def gave_up(self, context: Context, reason: str) -> None:
        self.reasons.append(reason)


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    job(KIND, backoff=BACKOFF, gave_up=made.gave_up)(made.run)
    yield made
    del KINDS[KIND]


@pytest.fixture
def told() -> Iterator[list[str]]:
    seen: list[str] = []
    queue.on_enqueue(seen.append)
    yield seen
    queue.forget_wakers()


def asked(instance: Instance) -> str:
    with instance.session() as session:
        row = queue.enqueue(session, KIND, {})
        session.commit()
        return row.id


def test_runners_are_told_after_the_commit_and_not_before(instance: Instance, told, work) -> None:
    with instance.session() as session:
        first = queue.enqueue(session, KIND, {})
        with session.begin_nested():
            second = queue.enqueue(session, KIND, {})
        session.flush()
        assert told == []
        session.commit()
        assert told == [first.id, second.id]
        session.commit()
    assert told == [first.id, second.id]


def test_nobody_is_told_of_what_was_rolled_back(instance: Instance, told, work) -> None:
    with instance.session() as session:
        queue.enqueue(session, KIND, {})
        session.rollback()
        kept = queue.enqueue(session, KIND, {})
        session.commit()
    assert told == [kept.id]


def test_a_job_is_claimed_by_its_id_alone(instance: Instance, work) -> None:
    first, second = asked(instance), asked(instance)
    with instance.session() as session:
        assert queue.claim(session, "a", [KIND], now(), only=second) == second
        assert queue.claim(session, "b", [KIND], now(), only=second) is None
        assert queue.claim(session, "c", [KIND], now(), only="unknown") is None
        assert queue.claim(session, "d", [KIND], now()) == first


def test_each_wait_is_twice_the_last_until_the_tries_are_used_up(
    instance: Instance, work: Work, clock, rows
) -> None:
    work.error = ValueError("not today")
    key, start = asked(instance), clock()
    for _ in range(12):
        run_all(instance)
        clock.forward(seconds=10)
    waits = [(at - start).total_seconds() for at in work.calls]
    assert waits == [0, 10, 30, 70, 110]
    row = rows.get(Job, key)
    assert (row.state, row.attempts, row.error) == ("failed", 5, "ValueError: not today")
    assert work.reasons == ["ValueError: not today"]


def test_a_refused_job_fails_at_once(instance: Instance, work: Work, rows) -> None:
    work.error = Refusal("no-such-thing")
    key = asked(instance)
    assert run_all(instance) == 1
    assert rows.get(Job, key).state == "failed"
    assert len(work.reasons) == 1


def test_a_job_whose_worker_is_killed_each_time_is_given_up(
    instance: Instance, work: Work, clock, rows
) -> None:
    key = asked(instance)
    for _ in range(BACKOFF.tries):
        with instance.session() as session:
            assert queue.claim(session, "killed", [KIND], now()) == key
        assert run_all(instance) == 0
        clock.forward(seconds=61)
    assert run_all(instance) == 1
    assert (rows.get(Job, key).state, work.calls) == ("failed", [])
    assert len(work.reasons) == 1


def test_asked_again_it_has_all_its_tries(
    instance: Instance, work: Work, told, rows, clock
) -> None:
    work.error = Refusal("no-such-thing")
    key = asked(instance)
    run_all(instance)
    work.error = None
    with instance.session() as session:
        queue.again(session, session.get_one(Job, key))
        session.commit()
    assert told == [key, key]
    assert run_all(instance) == 1
    row = rows.get(Job, key)
    assert (row.state, row.attempts, row.error, row.result) == ("done", 1, "", {"calls": 2})


def test_what_is_under_way_is_not_begun_again(instance: Instance, work: Work, db: Session) -> None:
    key = asked(instance)
    with instance.session() as session:
        queue.claim(session, "worker", [KIND], now())
        queue.again(session, session.get_one(Job, key))
        session.commit()
    assert (db.get_one(Job, key).state, db.get_one(Job, key).lease_owner) == ("running", "worker")


def test_work_that_reports_nothing_is_not_offered_to_others(
    instance: Instance, work: Work, clock
) -> None:
    key = asked(instance)
    with instance.session() as session:
        assert queue.claim(session, "slow", [KIND], now()) == key
    clock.forward(seconds=59)
    with holding(instance.session, key, "slow", every=0.01):
        until(lambda: lease(instance, key) > now() + timedelta(seconds=50))
        clock.forward(seconds=30)
        with instance.session() as session:
            assert queue.claim(session, "other", [KIND], now()) is None
    clock.forward(seconds=61)
    with instance.session() as session:
        assert queue.claim(session, "other", [KIND], now()) == key
        assert not queue.hold(session, key, "slow")


def lease(instance: Instance, key: str) -> datetime:
    with instance.session(writing=False) as session:
        found = session.get_one(Job, key).lease_until
    assert found is not None
    return found


@given(failed=st.integers(1, 10_000))
def test_no_wait_is_longer_than_the_longest(failed: int) -> None:
    waits = [Backoff().wait(n) for n in (failed, failed + 1)]
    assert timedelta(0) < waits[0] <= waits[1] <= Backoff().longest
