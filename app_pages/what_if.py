"""Footprints as they would be if some CCGs belonged elsewhere."""

from lib.hosts.live import run
from pages.what_if.page import PAGE

run.run(PAGE)
