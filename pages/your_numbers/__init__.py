"""A table of a reader's own, matched, mapped, ranked and held against ratings, leads and fit."""
