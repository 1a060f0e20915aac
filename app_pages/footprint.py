"""Everything about one STP on one page."""

from lib.hosts.live import run
from pages.footprint.page import PAGE

run.run(PAGE)
