"""What every test finds: the fixtures of `tests/support`, a run folder, a clean environment."""

import os
import signal
from math import ceil

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest.register_assert_rewrite("tests.support")

from tests.support import run  # noqa: E402 - after the line above

pytest_plugins = [
    "tests.support.application",
    "tests.support.browser",
    "tests.support.database",
    "tests.support.demo",
    "tests.support.doors",
    "tests.support.live_server",
    "tests.support.redis",
    "tests.support.smtp",
]

ENDURANCE = "VISITPLANNER_TEST_ENDURANCE"

hypothesis_settings.register_profile(
    "visitplanner",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("visitplanner")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run, in the one process that starts the workers. A shell starts jobs in the
    background deaf to Ctrl-C, and they hand that on to what they start: here tests send it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(os.environ):
        if name.startswith("VISITPLANNER_") and not name.startswith("VISITPLANNER_TEST_"):
            del os.environ[name]
    if not hasattr(config, "workerinput"):
        run.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run: stop its servers, remove its folder."""
    if not hasattr(config, "workerinput"):
        run.end()


@pytest.fixture(scope="session")
def rounds() -> "Rounds":
    """`rounds(5000)`: that many in `make endurance`, 2 % of it in `make test`, never none."""
    return Rounds(1.0 if os.environ.get(ENDURANCE) else 0.02)


class Rounds:
    """How many times a test of large counts tries."""

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, count: int) -> int:
        return max(1, ceil(count * self._share))
