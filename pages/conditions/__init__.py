"""What is said to help a footprint, held against the ratings."""
