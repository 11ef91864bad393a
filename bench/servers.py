"""Starting and stopping the two apps that are compared."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def parley(**environment: str) -> Iterator[str]:
    """Parley as `make run` starts it; yields its address at once."""
    with _process([sys.executable, "app.py"], environment) as address:
        yield address


@contextmanager
def bare(**environment: str) -> Iterator[str]:
    """The bare page under `streamlit run`; yields its address at once."""
    command = [
        sys.executable, "-m", "streamlit", "run", "bench/bare.py",
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    with _process(command, environment, port_option="--server.port") as address:
        yield address


@contextmanager
def _process(
    command: list[str], environment: dict[str, str], port_option: str | None = None
) -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if port_option:
        command = [*command, port_option, str(port), "--server.address", "127.0.0.1"]
    env = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", **environment}
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def wait(address: str, seconds: float = 120) -> None:
    """Until the server answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)
