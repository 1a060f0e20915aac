"""Geography of the footprints: LSOAs, the layers grouped from them, and how layers fit each other."""
