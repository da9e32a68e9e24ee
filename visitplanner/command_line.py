"""How a command is found and run: loaded when it is asked for, its exit status kept to the end."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

INTERRUPTED = 130
"""Exit status of a command stopped by Ctrl-C that had nothing to keep (as shells have it)."""
UNWRITTEN = 2
"""Exit status of a command that the system would not let read or write."""
STOPPING = (signal.SIGINT, signal.SIGTERM)


class Directory(click.Group):
    """A group of commands that stand in other modules (name → "module:attribute"), each loaded
    when it is asked for: a tour in files needs no database, and waits for none to load."""

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **more: Any) -> None:  # click's
        super().__init__(*args, **more)
        self.elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, those not loaded yet included."""
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded if need be."""
        if cmd_name in self.elsewhere and cmd_name not in self.commands:
            module, name = self.elsewhere[cmd_name].split(":")
            with leaving_at_once():
                self.add_command(getattr(import_module(module), name), cmd_name)
        return super().get_command(ctx, cmd_name)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """Ctrl-C ends the process with status 130 and no word: nothing has begun while modules load,
    and some libraries make another error of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _leave) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _drop_output() -> None:
    """Have nothing left to write at the end, where what was said could not be (a full disk)."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(command: click.Command) -> NoReturn:
    """Run a command and leave. Click itself says 1 for Ctrl-C, which `tours` has other uses for."""
    try:
        status = command.main(standalone_mode=False)
    except click.ClickException as refused:
        refused.show()
        status = refused.exit_code
    except click.Abort:
        status = INTERRUPTED
    except OSError as error:
        _drop_output()
        click.echo(f"Error: {error}", err=True)
        status = UNWRITTEN
    finally:
        # What there is to keep is kept; a second Ctrl-C shall not change the exit status.
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
    sys.exit(status if isinstance(status, int) else 0)
