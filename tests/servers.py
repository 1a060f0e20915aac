"""The servers that are measured and tested: the app, its first edition, and pages with Streamlit's default settings."""

import atexit
import importlib.metadata
import io
import os
import platform
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
_STREAMLIT = ("-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port")
# What is run, in which folder, and which address answers when it is ready.
_KINDS = {
    # As it is served to many.
    "app": (("app.py", "--port"), ROOT, "/healthz"),
    # As `make app` starts it.
    "make app": (_STREAMLIT, ROOT, "/_stcore/health"),
    "baseline": (_STREAMLIT, ROOT / "benchmarks" / "baseline", "/_stcore/health"),
    # A collection after every run, Streamlit's default, would be most of it.
    "one element": (
        (
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.headless",
            "true",
            "--runner.postScriptGC",
            "false",
            "--server.port",
        ),
        ROOT / "benchmarks" / "one_element",
        "/_stcore/health",
    ),
    # As it was served to many; its folder is written when it is first asked for.
    "first edition": (("serve.py", "--port"), None, "/healthz"),
}
_FIRST_EDITION = "52bc075"


@cache
def _first_edition() -> Path:
    """Write the first edition's files into a folder that is gone when the program ends."""
    folder = tempfile.TemporaryDirectory(prefix="footprints-first-edition-")
    atexit.register(folder.cleanup)
    files = subprocess.run(["git", "archive", _FIRST_EDITION], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(files)) as packed:
        packed.extractall(folder.name, filter="data")
    return Path(folder.name)


@dataclass
class Server:
    """A running server.

    Attributes
    ----------
    address : str
        Where it listens.
    process : Popen
        The process.
    started : float
        Seconds from starting the process until it said that it was ready.
    log : Path
        What it wrote to standard output and standard error; gone when it is stopped.
    """

    address: str
    process: subprocess.Popen
    started: float = 0.0
    log: Path = Path(os.devnull)

    def cpu(self) -> float:
        """Return the seconds of processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return resident memory in MB."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> float:
        """Tell it to stop and return the seconds it took."""
        start = time.perf_counter()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            # The baseline does not end while hundreds of readers wait for it.
            self.process.kill()
            self.process.wait()
        self.log.unlink(missing_ok=True)
        return time.perf_counter() - start


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(kind: str) -> Server:
    """Start the ``"app"`` as it is served, as ``"make app"`` starts it, or one to compare with; wait until it is ready.

    Raises
    ------
    RuntimeError
        If it ends at once or is not ready within a minute.
    """
    program, folder, ready = _KINDS[kind]
    folder = folder or _first_edition()
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, *program, str(port)]
    begun = time.perf_counter()
    log = Path(tempfile.gettempdir()) / f"footprints-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT)
    while time.perf_counter() - begun < 60:
        try:
            urllib.request.urlopen(address + ready, timeout=2).close()
            return Server(address, process, time.perf_counter() - begun, log)
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended at once: {' '.join(command)}, see {log}") from None
            time.sleep(0.02)
    process.kill()
    raise RuntimeError(f"the server did not start within a minute, see {log}")


@contextmanager
def running(kind: str) -> Iterator[Server]:
    """Give a server that is stopped afterwards, unless it has ended by then."""
    server = start(kind)
    try:
        yield server
    finally:
        server.stop()


def setting() -> str:
    """Return machine and versions, for the head of a table."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    names = ("streamlit", "plotly", "pandas", "uvicorn", "websockets")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    load = os.getloadavg()[0]
    return (
        f"{time.strftime('%d %B %Y').lstrip('0')}, {os.cpu_count()} cores ({model}), Python "
        f"{platform.python_version()}, {versions}. Load of the machine before: {load:.1f}."
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
