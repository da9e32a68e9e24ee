"""Runs a server until it is told to end or its owner is gone, so that no killed run leaves one.

Usage: python keeper.py OWNER_PID FOLDER USER STOP_SIGNAL COMMAND…
"""

import os
import select
import shutil
import signal
import subprocess
import sys


def main(owner: int, folder: str, user: str, stop_signal: int, command: list[str]) -> None:
    """Start the command, wait, stop it. No polling: the kernel tells when a process ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watched = os.pidfd_open(owner)
    account = {"user": user, "group": user, "extra_groups": []} if user else {}
    server = subprocess.Popen(command, cwd="/", **account)
    try:
        select.select([watched, os.pidfd_open(server.pid)], [], [])
    finally:
        server.send_signal(stop_signal)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
        if select.select([watched], [], [], 0)[0]:  # nobody else is left to clean up
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:])
