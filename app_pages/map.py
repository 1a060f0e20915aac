"""The map of England's 44 footprints."""

from lib.hosts.live import run
from pages.map.page import PAGE

run.run(PAGE)
