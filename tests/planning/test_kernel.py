"""The compiled kernel gives the answers of the plain one in Python."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.tour_instances import generate
from tests.planning.cases import random_day
from tests.planning.plain_kernel import plain_kernel
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.solo import solo_costs


@pytest.mark.parametrize("seed", range(8))
def test_both_kernels_find_the_same_tours(seed: int) -> None:
    campus = compile_campus(read_problem(random_day(seed)))
    fast, plain = Kernel(campus), plain_kernel(campus)
    n, horizon = campus.stops, campus.horizon
    for kernel in (fast, plain):
        for k in range(12):
            stop = (seed + 3 * k) % n
            kernel.book(((stop, (17 * k + 5 * seed) % 120),), 1)
    for k, block in enumerate(campus.blocks):
        for kernel in (fast, plain):
            kernel.profile(k, block.allowed, block.gain, (0,) * n, (horizon - 9 * k,) * n)
        for bound in (10**6, 200, 60):
            wanted = (k, 5 * k, horizon, n, 0, 0, horizon, bound)
            found = fast.tour(*wanted, bound)
            assert found == plain.tour(*wanted, bound)
            for guess in (0, 40, 90):
                guessed = fast.tour(*wanted, guess)
                assert guessed == plain.tour(*wanted, guess)
                assert (guessed and guessed[0]) == (found and found[0])
        wanted = (k, 0, horizon, 0, 30, 1, 120, 10**6)
        assert fast.tour(*wanted, 10**6) == plain.tour(*wanted, 10**6)


@pytest.mark.parametrize("seed", range(12))
def test_a_calendar_that_changes_bit_by_bit_stays_the_same_in_both_kernels(seed: int) -> None:
    chance = Random(seed)
    campus = compile_campus(read_problem(random_day(seed)))
    fast, plain = Kernel(campus), plain_kernel(campus)
    n, horizon = campus.stops, campus.horizon
    full = (1 << n) - 1
    for kernel in (fast, plain):
        kernel.profile(0, full, (7, *(0,) * (n - 1)), (0,) * n, (horizon,) * n)
    booked: list[tuple[int, int]] = []
    for _ in range(60):
        if booked and chance.random() < 0.45:
            sign, visit = -1, booked.pop(chance.randrange(len(booked)))
        else:
            sign, visit = 1, (chance.randrange(n), chance.randrange(horizon - 20))
            booked.append(visit)
        for kernel in (fast, plain):
            kernel.book((visit,), sign)
        if chance.random() < 0.5:
            begin = chance.randrange(60)
            wanted = (0, 0, horizon, n, begin, 0, horizon, 10**6, 10**6)
            assert fast.tour(*wanted) == plain.tour(*wanted)


@pytest.mark.parametrize("kind", ["small", "medium"])
def test_both_kernels_find_the_cheapest_stops_of_a_group_alone(kind: str) -> None:
    chance = Random(7)
    campus = compile_campus(read_problem(generate(kind, 0)))
    fast, plain = Kernel(campus), plain_kernel(campus)
    for kernel in (fast, plain):
        kernel.solo_table(*solo_costs(campus))
    for _ in range(40):
        allowed = chance.getrandbits(campus.stops) | chance.getrandbits(campus.stops)
        gain = tuple(chance.choice((0, 0, 30, 60, 3000, -20)) for _ in range(campus.stops))
        cost, mask = fast.solo(allowed, gain)
        assert cost == plain.solo(allowed, gain)[0]
        if cost < 10**9:
            index = plain.table[0].index(mask)
            saved = sum(g for s, g in enumerate(gain) if mask >> s & 1)
            assert not mask & ~allowed
            assert plain.table[1][index] - saved == cost
