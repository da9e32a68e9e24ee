"""The server of `visitplanner serve` on a socket opened before: `served.py FD RUN-FOLDER`."""

import sys
from pathlib import Path

from flask import Flask

from tests.support import run
from visitplanner.server import Server
from visitplanner.settings import load_settings


class OnSocket(Server):
    """The same server, bound to an inherited socket, so that no port is raced for."""

    warm = False  # a hundred of them are started

    def load_config(self) -> None:
        """Our options, then the socket; no control socket in the home folder."""
        super().load_config()
        self.cfg.set("bind", f"fd://{sys.argv[1]}")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Flask:
        """The application, with the templates this run has compiled already."""
        made = super().load()
        run.keep_templates(made, Path(sys.argv[2]))
        return made


if __name__ == "__main__":
    OnSocket(load_settings(), "127.0.0.1", 0).run()
