"""A reader's own table: read, and its rows held against areas. Nothing here keeps what it is given."""
