"""How many made-up examples the tests try: a few on every run, thousands in the long profile."""

from hypothesis import HealthCheck, settings

import pages  # noqa: F401 - links know the pages from here on

# The same examples on every run, and no files of their own.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
# Other examples on every run: ``make fuzz``.
settings.register_profile(
    "long", database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
