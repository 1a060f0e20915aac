"""What is known of areas, each with its evidence."""
