"""Two STPs side by side."""

from lib.hosts.live import run
from pages.compare.page import PAGE

run.run(PAGE)
