"""A throw-away Redis server, reached through a socket; a database of its own for each worker."""

import os
import shutil
from pathlib import Path
from time import monotonic, sleep

import pytest
import redis

from tests.support import run


def _start() -> str:
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("redis-server is not installed: bin/system-packages test installs it")
    socket = run.folder() / "redis.sock"
    words = [program, "--port", "0", "--unixsocket", str(socket), "--databases", "64"]
    run.keep("redis", [*words, "--save", "", "--appendonly", "no"])
    _wait(socket)
    return str(socket)


def _wait(socket: Path, seconds: float = 30.0) -> None:
    until = monotonic() + seconds
    while True:
        try:
            with redis.Redis(unix_socket_path=str(socket)) as client:
                client.ping()
        except redis.ConnectionError:
            if monotonic() > until:
                raise RuntimeError(f"Redis did not start: {run.log_of('redis')}") from None
            sleep(0.05)
        else:
            return


@pytest.fixture
def redis_url(worker_id: str) -> str:
    """The broker address of an empty database on the Redis server of this run."""
    socket = run.once("redis", _start)
    number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with redis.Redis(unix_socket_path=socket, db=number) as client:
        client.flushdb()
    return f"redis+socket://{os.fspath(socket)}?virtual_host={number}"


if __name__ == "__main__":
    run.until_interrupted(lambda: f"redis+socket://{_start()}")
