"""What pages say, as data, and what writes it down: HTML, PDF, tables."""
