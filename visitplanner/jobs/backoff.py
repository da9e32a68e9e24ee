"""How long a job that failed waits before it is tried again."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """Twice as long after each failed try, `first` to begin with, never longer than `longest`."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=5)
    tries: int = 3

    def wait(self, failed: int) -> timedelta:
        """The wait after `failed` tries (1 or more) that failed."""
        doublings = min(failed - 1, 40)  # beyond that no timedelta is long enough
        return min(self.longest, self.first * int(2**doublings))
