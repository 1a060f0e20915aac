"""A running app for the tests that need a real server."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from geo import paths


@contextmanager
def running_app(log: IO | int = subprocess.DEVNULL, served: bool = False) -> Iterator[str]:
    """Start the app on a free port and give its address.

    Parameters
    ----------
    log : file, optional
        Where the server's output goes.
    served : bool
        As it is served to many, with ``serve.py``, and not as ``make app`` starts it.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = ["serve.py", "--port"] if served else ["-m", "streamlit", "run", "app.py", "--server.port"]
    server = subprocess.Popen([sys.executable, *program, str(port)], cwd=paths.ROOT, stdout=log, stderr=log)
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
