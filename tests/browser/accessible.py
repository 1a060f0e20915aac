"""What a page is asked about its accessibility: axe-core's rules, and what they do not cover."""

from dataclasses import dataclass
from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_AXE = Axe()


@dataclass(frozen=True)
class Excepted:
    """A rule that Streamlit's own markup breaks.

    Attributes
    ----------
    rule : str
        Of axe-core.
    selector : str
        What an offending element's HTML must contain.
    issue : str
        Where Streamlit has it, or that no issue was found.
    """

    rule: str
    selector: str
    issue: str


EXCEPTIONS = (
    # A name on what is neither focusable nor of a role; the button inside it is reached and named.
    Excepted(
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "none on the role; https://github.com/streamlit/streamlit/issues/15921 took the zone out of the tab order",
    ),
)

# Everything has arrived and is drawn.
SETTLED = """() => {
    const app = document.querySelector("[data-testid=stApp]")
    const main = document.querySelector(".stMainBlockContainer, main.fp-document")
    return (!app || app.dataset.testScriptState === "notRunning") && !document.getElementById("fp-still")
        && main?.innerText.includes("Data version")
        && document.querySelector("h1") && !document.querySelector("[data-testid=stSkeleton]")
        && [...document.querySelectorAll("[data-testid=stPlotlyChart], .fp-chart")]
            .filter(chart => chart.checkVisibility()).every(
            chart => chart.querySelector(".cartesianlayer .subplot, path.choroplethlocation, .sankey"))
}"""

_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility())
    .map(heading => [Number(heading.tagName[1]), heading.innerText.trim()])"""

_CHARTS = """() => [...document.querySelectorAll("[data-testid=stPlotlyChart], .fp-chart")]
    .filter(chart => chart.checkVisibility())
    .map(chart => [chart, ...chart.querySelectorAll("*")].find(e => ["img", "figure"].includes(e.getAttribute("role"))))
    .map(named => named?.getAttribute("aria-label") ?? "")"""

# Names of controls, also of those in shadow roots, with the reason why one cannot be seen at this width.
_CONTROLS = """() => {
    const found = []
    const wide = document.documentElement.clientWidth
    const scrolls = e => {
        for (; e; e = e.parentElement ?? e.getRootNode().host) {
            const style = getComputedStyle(e)
            if (["auto", "scroll"].includes(style.overflowX) && e.scrollWidth > e.clientWidth && e.clientWidth <= wide)
                return true
        }
    }
    const visit = root => {
        for (const e of root.querySelectorAll("*")) {
            if (e.shadowRoot) visit(e.shadowRoot)
            if (!e.matches("a[href], button, input, select, textarea, summary, [role=slider]")) continue
            if (e.closest(".modebar-container, [aria-hidden=true], .fp-top")) continue
            if (!e.checkVisibility({ visibilityProperty: true })) continue
            const box = e.getBoundingClientRect()
            const out = (box.left < -1 || box.right > wide + 1) && box.width > 0 && !scrolls(e)
            found.push([e.getAttribute("aria-label") || e.innerText?.trim() || e.placeholder || e.tagName, out])
        }
    }
    visit(document.querySelector("#fp-still") ?? document.querySelector(".stMainBlockContainer, main"))
    return found
}"""

_CLIPPED = """() => [...document.querySelectorAll(":is(#fp-still, .stMainBlockContainer, main.fp-document) *")]
    .filter(e => !e.closest(".js-plotly-plot, [data-testid=stDataFrame]") && e.checkVisibility() && e.clientWidth > 8)
    .filter(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 2)
    .map(e => e.innerText).filter(Boolean)"""


def violations(page: Page, rules: tuple[str, ...] = RULES, only: tuple[str, ...] = ()) -> list[str]:
    """Return what axe-core objects to, element by element, without the exceptions.

    Parameters
    ----------
    page : Page
        With its frames.
    rules : tuple of str
        Tags of the rules.
    only : tuple of str
        Single rules instead.
    """
    for frame in page.frames:
        # Once a document, and what conforms stays in the browser: handing both over takes as long as the rules.
        if not frame.evaluate("() => 'axe' in window"):
            frame.evaluate(_AXE.axe_script)
    run = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": list(rules)}
    objections = page.evaluate(
        "async options => (await axe.run(document, options)).violations",
        {"runOnly": run, "resultTypes": ["violations"]},
    )
    return [
        f"{item['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for item in objections
        for node in item["nodes"]
        if not any(item["id"] == known.rule and known.selector in node["html"] for known in EXCEPTIONS)
    ]


def headings(page: Page) -> list[str]:
    """Return what is wrong with the order of headings: one at the top, and no level left out."""
    found = page.evaluate(_HEADINGS)
    wrong = [] if [level for level, _ in found].count(1) == 1 and found[0][0] == 1 else [f"not one h1 first: {found}"]
    for (before, _), (level, words) in pairwise(found):
        if level > before + 1:
            wrong.append(f"heading {words!r} of level {level} follows level {before}")
    return wrong + [f"an empty heading of level {level}" for level, words in found if not words]


def chart_labels(page: Page) -> list[str]:
    """Return the text alternative of each chart; empty where one has none."""
    return page.evaluate(_CHARTS)


def controls(page: Page) -> tuple[list[str], list[str]]:
    """Return the names of all controls, and of those that lie outside the window's width.

    The bar at the top is left out: its pages fold into a menu on purpose (`test_bar`).
    """
    found = page.evaluate(_CONTROLS)
    return sorted(name for name, _ in found), [name for name, out in found if out]


def clipped(page: Page) -> list[str]:
    """Return words that are cut off."""
    return page.evaluate(_CLIPPED)


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window, once it had the time to fit in."""
    return page.evaluate(
        """async () => {
            const over = () => Math.max(...[document.documentElement, document.querySelector("[data-testid=stMain]")]
                .filter(Boolean).map(element => element.scrollWidth - document.documentElement.clientWidth))
            const drawn = () => new Promise(requestAnimationFrame)
            const begun = performance.now()
            do { await drawn(); await drawn() } while (over() > 0 && performance.now() - begun < 3000)
            return over()
        }"""
    )


# Follows the focus: which element, what it is called, how its ring stands out from what is behind it.
# A document in a frame has rings of its own.
FOLLOW = """() => {
    const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
    const colour = text => text.match(/[\\d.]+/g).map(Number)
    const up = e => e.parentElement ?? e.getRootNode().host
    const behind = e => {
        for (e = up(e); e; e = up(e)) {
            const [r, g, b, alpha] = colour(getComputedStyle(e).backgroundColor)
            if (alpha === undefined || alpha > 0.9) return [r, g, b]
        }
        return [255, 255, 255]
    }
    const ring = focused => {
        for (let e = focused, n = 0; e && n < 30; e = up(e), n++) {
            const style = getComputedStyle(e)
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) continue
            // A ring around what is hidden from the eye is none.
            const appears = parseFloat(style.transitionDuration) > 0 && /opacity|all/.test(style.transitionProperty)
            if (style.opacity === "0" && !appears) continue
            if (up(e) && getComputedStyle(up(e)).clipPath !== "none") continue
            const [a, b] = [luminance(colour(style.outlineColor)), luminance(behind(e))]
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        }
        return 0
    }
    window.walked = []
    // By what they are called, as often as there are such: a map that is drawn anew has new buttons.
    window.called = e => e.tagName === "CANVAS" ? "a table"
        : `${e.tagName} ${e.getAttribute("aria-label") || e.textContent.trim() || e.placeholder}`
    window.reached = {}
    window.step = () => {
        let e = document.activeElement ?? document.body
        while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement
        const control = e.closest("[data-testid=stDataFrame] canvas") ?? e
        const again = control === window.before
        window.before = control
        if (!again) window.reached[window.called(control)] = (window.reached[window.called(control)] ?? 0) + 1
        const part = []
        for (let x = e; x; x = up(x)) {
            part.push(...[...x.classList].filter(name => name.startsWith("st-key-")))
            if (x.classList.contains("fp-find")) part.push("st-key-finder")
        }
        const elsewhere = ["BODY", "IFRAME"].includes(e.tagName)
        window.walked.push({
            name: (e.getAttribute("aria-label") || e.innerText?.trim() || e.placeholder || "").slice(0, 80),
            tag: e.tagName, ring: elsewhere ? 21 : ring(e), role: e.getAttribute("role") ?? "",
            grid: !!e.closest("[data-testid=stDataFrame]"), part: part.map(name => name.slice(7)),
        })
        return window.walked.at(-1)
    }
}"""

# Controls that the keyboard should have come by.
MISSED = """() => {
    const missed = []
    const visit = root => {
        for (const e of root.querySelectorAll("*")) {
            if (e.shadowRoot) visit(e.shadowRoot)
            const control = "a[href], button, input, select, textarea, summary, canvas[tabindex], [role=slider]"
            if (!e.matches(control) || e.disabled || e.tabIndex < 0 || e.ariaHidden === "true") continue
            if (!e.checkVisibility({ visibilityProperty: true }) || window.reached[window.called(e)]-- > 0) continue
            missed.push(e.outerHTML.slice(0, 160))
        }
    }
    visit(document.querySelector("#fp-still") ?? document.querySelector(".stMainBlockContainer, main"))
    return missed
}"""


def step(page: Page, key: str = "Tab") -> dict:
    """Go on by one with the keyboard, or back with ``"Shift+Tab"``, and return where that is."""
    page.keyboard.press(key)
    return page.evaluate("() => window.step()")


def walk_on(page: Page, most: int = 600) -> None:
    """Walk to the end of the page, ten keys at a time; what they reach is counted anew, where they arrive."""
    page.evaluate("""() => {
        window.reached = {}
        window.ended = false
        window.counting = event => {
            if (event.key !== "Tab" || window.ended) return
            const { tag, name } = window.step()
            window.ended = tag === "BODY" || name === "Skip to main content"
        }
        window.addEventListener("keyup", window.counting, true)
    }""")
    for _ in range(0, most, 10):
        for _ in range(10):
            page.keyboard.press("Tab")
        if page.evaluate("() => window.ended"):
            break
    else:
        raise AssertionError(f"the keyboard does not get to the end: {dumped(page)}")
    page.evaluate("() => window.removeEventListener('keyup', window.counting, true)")


def dumped(page: Page) -> str:
    """Return the walk as text, for a failed test."""
    return "; ".join(f"{step['tag']} {step['name'][:40]}" for step in page.evaluate("() => window.walked"))
