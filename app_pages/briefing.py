"""A page to print on one area or two STPs, with its downloads."""

from lib.hosts.live import run
from pages.briefing.page import PAGE

run.run(PAGE)
