"""One council and whom it has to deal with."""

from lib.hosts.live import run
from pages.council.page import PAGE

run.run(PAGE)
