"""How councils, CCGs, STPs and other layers fit each other."""

from lib.hosts.live import run
from pages.coterminosity.page import PAGE

run.run(PAGE)
