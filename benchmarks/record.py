"""Put what a benchmark prints into its place in the README.

``python -m benchmarks.load | python -m benchmarks.record load``
"""

import re
import sys
from pathlib import Path

README = Path(__file__).parent / "README.md"


def main() -> None:
    """Replace what stands between the marks of a benchmark."""
    name, printed = sys.argv[1], sys.stdin.read().strip()
    if not printed:
        sys.exit("nothing was printed")
    text = README.read_text()
    block = f"<!-- {name} -->\n\n{printed}\n\n<!-- end of {name} -->"
    known = re.compile(rf"<!-- {name} -->(.*?<!-- end of {name} -->)?", re.DOTALL)
    if not known.search(text):
        sys.exit(f"the README has no place for {name}")
    README.write_text(known.sub(lambda _: block, text, count=1))
    print(printed)


if __name__ == "__main__":
    main()
