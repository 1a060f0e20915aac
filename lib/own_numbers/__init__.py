"""A reader's own table: read, matched to areas, shown. Nothing here keeps what it is given."""
