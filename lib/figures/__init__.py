"""What is drawn, as plain data: maps of areas, and what draws them outside the browser."""
