"""How the footprints of 2017 became those of 2022."""

from lib.hosts.live import run
from pages.then_and_now.page import PAGE

run.run(PAGE)
