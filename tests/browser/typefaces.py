"""A wide and a narrow typeface for tests of layout, whatever typefaces the machine has.

Which letters a reader sees depends on the system: DejaVu Sans, on a bare
Debian, runs a fifth wider than Source Sans, Arial Narrow a fifth narrower.
Both are made of Bitstream Vera, DejaVu's ancestor, which reportlab brings.
"""

import base64
from functools import cache
from pathlib import Path

import reportlab
from playwright.sync_api import Frame, Page

WIDTHS = {"wide": "100%", "narrow": "68%"}
# The families that style sheets of the project and Streamlit's ask for.
_NAMES = ("Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", "Arial")
_FILES = {"400 500": "Vera.ttf", "600 900": "VeraBd.ttf"}


@cache
def style(name: str) -> str:
    """Return a style sheet that puts ``"wide"`` or ``"narrow"`` letters under the names of the usual families."""
    rules = []
    for weights, file in _FILES.items():
        content = (Path(reportlab.__file__).parent / "fonts" / file).read_bytes()
        source = f"data:font/ttf;base64,{base64.b64encode(content).decode()}"
        rules += [
            f'@font-face {{ font-family: "{family}"; font-weight: {weights}; src: url({source}); '
            f"size-adjust: {WIDTHS[name]} }}"
            for family in _NAMES
        ]
    return "".join(rules)


def wear(page: Page | Frame, name: str | None) -> None:
    """Set a page in one of the typefaces, or with None in its own again, and wait until it is there."""
    page.evaluate(
        """async ([css, names]) => {
            document.getElementById("typeface")?.remove()
            const style = Object.assign(document.createElement("style"), { id: "typeface", textContent: css })
            document.head.append(style)
            await Promise.all(names.flatMap(name => [400, 700].map(w => document.fonts.load(`${w} 16px "${name}"`))))
            document.body.getBoundingClientRect()
        }""",
        [style(name) if name else "", _NAMES],
    )
