"""What links and files to start from must know of a reader's own table: its keys and its limits."""
