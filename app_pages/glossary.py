"""Terms in our own words, and what happened when."""

from lib.hosts.live import run
from pages.glossary.page import PAGE

run.run(PAGE)
