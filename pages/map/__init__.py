"""The map of England's 44 footprints."""
