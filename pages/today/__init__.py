"""Who plans care here today: the integrated care boards of April 2026."""
