"""A reader's own table on the map."""

from lib.hosts.live import run
from pages.your_numbers.page import PAGE

run.run(PAGE)
