"""What five documents of 2017 claim, and whether it holds."""
