"""The accountable care systems and devolution areas of June 2017."""

from lib.hosts.live import run
from pages.acs.page import PAGE

run.run(PAGE)
