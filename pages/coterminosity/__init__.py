"""How the areas of two layers fit each other."""
