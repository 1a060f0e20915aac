"""The servers that are measured: the app as it is served, and the baseline with Streamlit's default settings."""

import importlib.metadata
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "benchmarks" / "baseline"
_TICKS = os.sysconf("SC_CLK_TCK")


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
        What it wrote to standard error.
    """

    address: str
    process: subprocess.Popen
    started: float = 0.0
    log: Path = Path(os.devnull)

    def cpu(self) -> float:
        """Return the seconds of processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

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


def start(kind: str, port: int | None = None) -> Server:
    """Start the ``"app"`` or the ``"baseline"`` and wait until it is ready."""
    port = port or free_port()
    address = f"http://localhost:{port}"
    if kind == "app":
        command, folder, ready = [sys.executable, "serve.py", "--port", str(port)], ROOT, "/healthz"
    else:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        command += ["--server.headless", "true"]
        folder, ready = BASELINE, "/_stcore/health"
    begun = time.perf_counter()
    log = Path(tempfile.gettempdir()) / f"footprints-benchmark-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=file)
    while time.perf_counter() - begun < 60:
        try:
            urllib.request.urlopen(address + ready, timeout=2).close()
            return Server(address, process, time.perf_counter() - begun, log)
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended at once: {' '.join(command)}") from None
            time.sleep(0.02)
    process.kill()
    raise RuntimeError("the server did not start within a minute")


@contextmanager
def running(kind: str) -> Iterator[Server]:
    """Give a server that is stopped afterwards."""
    server = start(kind)
    try:
        yield server
    finally:
        if server.process.poll() is None:
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
