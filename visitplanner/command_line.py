"""Running a command: what its exit status says when it is stopped before it has begun."""

import signal
import sys
from typing import NoReturn

import click

INTERRUPTED = 130
"""Exit status of a command stopped by Ctrl-C that had nothing to keep (as shells have it)."""


def run(command: click.Command) -> NoReturn:
    """Run a command and leave. Click itself says 1 for Ctrl-C, which `tours` has other uses for."""
    try:
        status = command.main(standalone_mode=False)
    except click.ClickException as refused:
        refused.show()
        status = refused.exit_code
    except click.Abort:
        status = INTERRUPTED
    finally:
        # What there is to keep is kept; a second Ctrl-C shall not change the exit status.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status if isinstance(status, int) else 0)
