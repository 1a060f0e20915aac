"""A running app for the tests that need a real server."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from geo import paths


@contextmanager
def running_app(log: IO | int = subprocess.DEVNULL, root: Path = paths.ROOT) -> Iterator[str]:
    """Start the app on a free port and give its address.

    Parameters
    ----------
    log : file, optional
        Where the server's output goes.
    root : Path
        Folder of the app.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=root, stdout=log, stderr=log)
    address = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("the app did not start within 30 seconds")
        yield address
    finally:
        server.terminate()
        server.wait()
