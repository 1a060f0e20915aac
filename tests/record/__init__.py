"""What the pages of the first edition said, as data, and the comparison that holds later pages against it."""
