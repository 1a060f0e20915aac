"""How the areas of one year became those of another: flows, stories, codes, mergers."""
