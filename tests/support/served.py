"""The server of `visitplanner serve` on a socket that was opened before: `served.py FD`."""

import sys

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


if __name__ == "__main__":
    OnSocket(load_settings(), "127.0.0.1", 0).run()
