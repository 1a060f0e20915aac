"""Two STPs side by side."""
