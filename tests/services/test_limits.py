"""Rate limits: counted before the work, exact under a race, and closed when in doubt."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from visitplanner.domain.refusals import TooMany
from visitplanner.models import Attempt
from visitplanner.services import limits
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance

THREE = limits.Limit(3, timedelta(minutes=5))


def attempts(db: Session) -> int:
    return db.scalar(select(func.count(Attempt.id))) or 0


def test_so_many_and_no_more(clock, act: Act, db: Session):
    for _ in range(3):
        limits.spend(act, ("door", THREE))
    with pytest.raises(TooMany) as refused:
        limits.spend(act, ("door", THREE))
    assert refused.value.details == {"seconds": 301, "minutes": 5}
    assert attempts(db) == 3


def test_the_window_moves(clock, act: Act):
    for _ in range(3):
        limits.spend(act, ("door", THREE))
        clock.forward(minutes=2)
        act.at = clock.now
    limits.spend(act, ("door", THREE))


def test_one_full_counter_of_two_counts_in_neither(act: Act, db: Session):
    for _ in range(3):
        limits.spend(act, ("b", THREE))
    with pytest.raises(TooMany):
        limits.spend(act, ("a", THREE), ("b", THREE))
    assert attempts(db) == 3


def test_looking_counts_nothing(act: Act, db: Session):
    limits.look(act, "door", THREE)
    assert attempts(db) == 0


def test_what_turned_out_well_is_given_back(act: Act, db: Session):
    spent = limits.spend(act, ("door", THREE), ("house", THREE))
    limits.refund(act, spent)
    act.session.commit()
    assert attempts(db) == 0


def test_it_refuses_to_commit_half_a_use_case(act: Act):
    act.session.add(Attempt(bucket="half"))
    with pytest.raises(RuntimeError):
        limits.spend(act, ("door", THREE))


@pytest.mark.both_databases
def test_a_race_finds_no_fourth_place(instance: Instance, database_kind: str):
    start, answers = Barrier(8), []

    def run() -> None:
        start.wait()
        with instance.session() as session:
            try:
                limits.spend(Act(instance, session), ("door", THREE))
                answers.append(True)
            except TooMany:
                answers.append(False)

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 5 + [True] * 3


def test_without_the_table_nothing_passes(act: Act, db: Session):
    Attempt.__table__.drop(db.connection())
    db.commit()
    with pytest.raises(DBAPIError):
        limits.spend(act, ("door", THREE))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_the_network_of_an_address(address: str, network: str):
    assert limits.network(address) == network


def test_buckets_hold_no_address():
    assert "anna" not in limits.bucket("sign-in:account", "anna@mid.example")
