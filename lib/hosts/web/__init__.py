"""Documents over HTTP: the same address in other forms."""
