"""One council and whom it has to deal with."""
