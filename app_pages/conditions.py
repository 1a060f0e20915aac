"""What is said to help a footprint, held against the ratings."""

from lib.hosts.live import run
from pages.conditions.page import PAGE

run.run(PAGE)
