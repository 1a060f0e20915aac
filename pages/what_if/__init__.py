"""The page on what would change if CCGs belonged to other STPs."""
