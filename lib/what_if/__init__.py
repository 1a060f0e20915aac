"""Footprints as they would be: moves, what they change, their maps and files, and the best map there is."""
