"""Replicas of the app behind nginx on this machine: ``python -m deploy.replicas --replicas 3 --port 8080``.

For trying the configuration and for `benchmarks.replicas`; nginx comes from the
system's packages (Debian: ``apt-get install nginx-light``).
"""

import argparse
import contextlib
import itertools
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONFIGURATION = ROOT / "deploy" / "nginx.conf"


def nginx() -> str | None:
    """Return the path of nginx, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def configured(text: str, port: int, replicas: list[int], folder: Path) -> str:
    """Return the configuration for other ports and with its files in a folder of its own."""
    servers = "\n".join(f"        server 127.0.0.1:{replica} max_fails=1 fail_timeout=5s;" for replica in replicas)
    text = re.sub(r"( +server 127\.0\.0\.1:\d+ .*\n)+", f"{servers}\n", text)
    text = text.replace("listen 127.0.0.1:8080;", f"listen 127.0.0.1:{port};")
    return text.replace("/tmp/footprints-nginx", str(folder / "nginx")).replace(
        "/dev/stdout", str(folder / "access.log")
    )


@dataclass
class Site:
    """Replicas and the proxy in front of them.

    Attributes
    ----------
    port : int
        Where the proxy listens; the replicas take the next ports that are free.
    count : int
        How many replicas.
    """

    port: int
    count: int = 3
    replicas: list[subprocess.Popen] = field(default_factory=list)
    proxy: subprocess.Popen | None = None
    folder: tempfile.TemporaryDirectory | None = None

    def __enter__(self) -> "Site":
        """Start everything and wait until it is ready."""
        proxy = nginx()
        if proxy is None:
            raise FileNotFoundError("nginx is not installed")
        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        # The proxy's workers are another user if it is started by root.
        folder.chmod(0o755)
        (folder / "nginx").mkdir()
        (folder / "nginx").chmod(0o777)
        ports = list(itertools.islice(filter(_free, itertools.count(self.port + 1)), self.count))
        for port in ports:
            command = [sys.executable, "app.py", "--port", str(port)]
            self.replicas.append(subprocess.Popen(command, cwd=ROOT, stderr=(folder / f"{port}.log").open("w")))
        written = folder / "nginx.conf"
        written.write_text(configured(CONFIGURATION.read_text(), self.port, ports, folder))
        for port in ports:
            _wait(f"http://127.0.0.1:{port}/healthz")
        self.proxy = subprocess.Popen(
            [proxy, "-c", str(written), "-p", str(folder), "-g", "daemon off;"], stderr=(folder / "nginx.log").open("w")
        )
        _wait(f"http://127.0.0.1:{self.port}/healthz")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        for process in (self.proxy, *self.replicas):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in (self.proxy, *self.replicas):
            if process:
                process.wait(30)
        self.folder.cleanup()


def _free(port: int) -> bool:
    """Return whether nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _wait(address: str) -> None:
    for _ in range(400):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--replicas", type=int, default=3)
    said = parser.parse_args()
    with Site(said.port, said.replicas):
        print(f"{said.replicas} replicas behind http://127.0.0.1:{said.port}, Ctrl+C to stop", flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
