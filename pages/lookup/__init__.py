"""Many places at once: postcodes, LSOAs and names in, their areas out."""
