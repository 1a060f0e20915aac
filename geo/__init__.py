"""Geography of the footprints: LSOAs, the layers grouped from them, and how layers fit each other."""

import pandas as pd

# Tables are small and read cell by cell: plain strings take two thirds of the time of Arrow's, and less memory.
pd.set_option("mode.string_storage", "python")
