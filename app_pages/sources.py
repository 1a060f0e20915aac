"""Where every table comes from, how sure it is, and everything for download."""

from lib.hosts.live import run
from pages.sources.page import PAGE

run.run(PAGE)
