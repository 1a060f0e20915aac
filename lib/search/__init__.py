"""The search box: what can be found, how it is ranked, and in what words."""
