"""Size of the postcode file, time to load it and time of a lookup: ``python benchmarks/postcodes.py``."""

import random
import string
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from geo import blocks, postcode_index, postcodes

LOOKUPS = 100_000


def main() -> None:
    """Print what the documentation says of the file."""
    blocks.load()
    start = time.perf_counter()
    postcodes.load()
    print(f"file    {postcode_index.POSTCODES.stat().st_size:,} bytes")
    print(f"load    {(time.perf_counter() - start) * 1e3:.0f} ms, the blocks not counted")
    # Sectors that exist, with any unit: about half of the lookups meet a postcode.
    chance = random.Random(1)
    sectors = [
        f"{area}{district} {digit}" for area in ("LE", "M", "SW", "NE") for district in range(1, 20) for digit in "123"
    ]
    asked = [chance.choice(sectors) + "".join(chance.choices(string.ascii_uppercase, k=2)) for _ in range(LOOKUPS)]
    for what, texts in (("whole", asked), ("half", sectors), ("area", ["L", "LE", "SW", "M"])):
        start = time.perf_counter()
        for text in texts:
            postcodes.find(text)
        print(f"{what:<7} {(time.perf_counter() - start) / len(texts) * 1e6:.0f} microseconds a lookup")


if __name__ == "__main__":
    main()
