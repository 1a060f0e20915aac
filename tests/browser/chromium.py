"""Find Chromium for the browser tests, or install it: ``python tests/browser/chromium.py``."""

import os
import shutil
import subprocess
import sys

# Without a window it needs a tenth less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium: the one CHROMIUM names, an installed one, or Playwright's own."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if os.access(own, os.X_OK) else None


def install() -> None:
    """Install Chromium from the system's packages where that is possible, else Playwright's own build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "-qq", "--no-install-recommends"]
        for command in (["update", "-qq"], [*install, NAMES[0]], [*install, NAMES[1]]):
            if not find():
                subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not find():
        print("installing Chromium for the browser tests", flush=True)
        install()
    if not find():
        sys.exit("No Chromium found: install one, or name it in the environment variable CHROMIUM.")
