"""What the tests of the library share with those of the geography."""

from tests.geo.conftest import small_england

__all__ = ["small_england"]
