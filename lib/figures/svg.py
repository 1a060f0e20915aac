"""A map as SVG that needs neither script nor network: in a page, or as a file of its own."""

import html
import re
from collections.abc import Iterator

from lib.content.markup import escape
from lib.figures import drawing, paths, text
from lib.figures.drawing import INK, PAPER, STRIPE_PART, STRIPES, Label, Look, Pane
from lib.figures.maps import Areas, Map, Outline
from lib.figures.sheets import Sheet, Swatch, Words
from lib.themes import Category

FAMILY = "Bitstream Vera Sans, DejaVu Sans, Verdana, Arial, sans-serif"
NAMESPACE = "http://www.w3.org/2000/svg"
# What XML does not know, and what stands for something else in it.
_UNKNOWN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[^\t\n\r\x20-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(
    drawn: Map,
    width: float,
    height: float,
    *,
    links: bool = False,
    prefix: str = "map",
    attributes: str = "",
    grid: int = drawing.FINE,
) -> str:
    """Return a map as an element of SVG or HTML.

    Parameters
    ----------
    drawn : Map
        What it shows.
    width, height : float
        Size of the frame, pixels or points.
    links : bool
        Whether areas that can be chosen are links; otherwise the map is one picture.
    prefix : str
        Begins the identifiers in it, which differ on a page with several maps.
    attributes : str
        More attributes of the element, already escaped.
    grid : int
        Tenths of a pixel that the points of lines are whole numbers of.

    Returns
    -------
    str
        The same for the same map. All words are escaped.
    """
    return "".join(_element(drawn, width, height, links, prefix, attributes, grid))


def picture(sheet: Sheet, unit: str = "pt") -> str:
    """Return a sheet as a file of its own; `unit` is that of its sizes."""
    return "".join(_picture(sheet, unit))


def _picture(sheet: Sheet, unit: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="{NAMESPACE}" width="{sheet.width:.2f}{unit}" height="{sheet.height:.2f}{unit}" '
        f'viewBox="0 0 {sheet.width:.2f} {sheet.height:.2f}" role="img" font-family="{FAMILY}">'
        f"<title>{_text(sheet.title)}</title><desc>{_text(sheet.description)}</desc>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    )
    for n, (box, drawn) in enumerate(sheet.frames):
        place = f'x="{box.left:.2f}" y="{box.top:.2f}" width="{box.width:.2f}" height="{box.height:.2f}"'
        yield element(drawn, box.width, box.height, prefix=f"map-{n}", attributes=place)
        if drawing.framed(drawn):
            yield f'<rect {place} fill="none" stroke="{drawing.FRAME}" stroke-width=".5"/>'
    for n, item in enumerate(sheet.items):
        yield _swatch(item, f"swatch-{n}") if isinstance(item, Swatch) else _words(item)
    yield "</svg>\n"


def _words(item: Words) -> str:
    bold = ' font-weight="bold"' if item.bold else ""
    return (
        f'<text x="{item.x:.2f}" y="{item.y:.2f}" font-size="{item.size:g}"{bold} fill="{item.colour}">'
        f"{_text(item.text)}</text>"
    )


def _swatch(item: Swatch, prefix: str) -> str:
    category, size = item.category, text.fitting(item.category.mark, item.height * 0.72, item.width)
    style = Look(category.fill, category.ink, "", category.hatch)
    fill = f"url(#{_pattern(prefix, style)})" if category.hatch else _colour(category.fill)
    middle, down = item.x + item.width / 2, item.y + item.height / 2 + 0.36 * size
    return (
        f"{''.join(_patterns([{'': style}], prefix, item.height / 15))}"
        f'<rect x="{item.x:.2f}" y="{item.y:.2f}" width="{item.width:g}" height="{item.height:g}" rx="2" '
        f'fill="{fill}"/>'
        f'<text x="{middle:.2f}" y="{down:.2f}" font-size="{size:.3g}" font-weight="bold" text-anchor="middle" '
        f'fill="{_colour(category.ink)}"{_halo(category)}>{_text(category.mark)}</text>'
    )


def _halo(category: Category) -> str:
    """Return what keeps a mark legible on stripes."""
    return f' stroke="{_colour(category.fill)}" stroke-width="2" paint-order="stroke"' if category.hatch else ""


def _element(
    drawn: Map, width: float, height: float, links: bool, prefix: str, attributes: str, grid: int
) -> Iterator[str]:
    role = "group" if links else "img"
    yield (
        f'<svg xmlns="{NAMESPACE}" {attributes} viewBox="0 0 {width:g} {height:g}" role="{role}" overflow="hidden" '
        f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc" font-family="{FAMILY}">'
        f'<title id="{prefix}-title">{_text(drawn.title)}</title><desc id="{prefix}-desc">{_text(drawn.description)}'
        "</desc>"
    )
    looks = [drawing.look(areas) for areas in drawn.areas]
    yield from _patterns(looks, prefix, drawing.weight(width, height))
    panes = drawing.panes(drawn, width, height, grid)
    for pane in panes:
        if pane.inset:
            yield from _inset(drawn, pane, drawing.words_size(min(width, height)))
        yield from _pane(drawn, panes, pane, looks, links, prefix)
        yield "</svg></g>" if pane.inset else ""
    yield from _scale_bar(drawn, panes[0])
    yield from _note(drawn, drawing.words_size(min(width, height)))
    yield "</svg>"


def _inset(drawn: Map, pane: Pane, size: float) -> Iterator[str]:
    box = pane.box
    # What it shows stands on the map already, for those who hear it or go through it by keyboard.
    yield (
        f'<g class="inset" aria-hidden="true"><rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" fill="{PAPER}" stroke="{drawing.FRAME}" stroke-width="2"/>'
        f'<text x="{box.left:.1f}" y="{box.top - 4:.1f}" font-size="{size:.3g}" fill="{drawing.SOFT}">'
        f"{_text(drawn.inset_label)}</text>"
        f'<svg x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        'overflow="hidden">'
    )


def _pane(
    drawn: Map, panes: tuple[Pane, ...], pane: Pane, looks: list[dict[str, Look]], links: bool, prefix: str
) -> Iterator[str]:
    thick = drawing.weight(panes[0].box.width, panes[0].box.height)
    for areas, styles in zip(drawn.areas, looks, strict=True):
        yield from _areas(areas, styles, pane, thick, links, prefix)
    for outline in drawn.outlines:
        yield _outline(outline, pane, thick)
    for code in drawn.chosen:
        areas = next((areas for areas in reversed(drawn.areas) if code in areas.class_of), None)
        if areas:
            yield _outline(Outline(areas.layer, (code,), True, INK, drawing.CHOSEN_WIDTH), pane, thick, "chosen")
    size = drawing.text_size(min(panes[0].box.width, panes[0].box.height))
    for place, (x, y) in zip(drawn.places, drawing.crosses(drawn, pane), strict=True):
        corners = " ".join(f"{across:.1f},{up:.1f}" for across, up in drawing.cross(x, y, size))
        yield (
            f'<polygon class="place" points="{corners}" fill="{INK}" stroke="{PAPER}" stroke-width="{0.9 * thick:.2g}">'
            f"<title>{_text(place.name)}</title></polygon>"
        )
    yield from _labels(drawing.labels(drawn, panes, pane))


def _areas(areas: Areas, styles: dict[str, Look], pane: Pane, thick: float, links: bool, prefix: str) -> Iterator[str]:
    data = paths.areas(areas.layer, tuple(styles), pane)
    yield (
        f'<g class="areas" fill-rule="evenodd" stroke-linejoin="round" stroke="{_colour(areas.edge)}" '
        f'stroke-width="{drawing.EDGE_WIDTH * thick:.2g}">'
    )
    painted = {style: _painted(style, areas.edge, prefix) for style in set(styles.values())}
    classes = {item.key: escape(item.key) for item in areas.classes}
    names, values, class_of = areas.names, areas.values, areas.class_of
    unreached = ' tabindex="-1"' if pane.inset else ""
    way = escape(areas.link) if links else ""
    for code, path in data.items():
        value = values.get(code)
        title = f"{names[code]}\n{value}" if value else names[code]
        area = (
            f'<path data-code="{escape(code)}" data-class="{classes[class_of[code]]}" d="{path}" '
            f"{painted[styles[code]]}><title>{_text(title)}</title></path>"
        )
        target = escape(areas.in_link(code)) if way else ""
        yield f'<a href="{way.replace("{code}", target)}"{unreached}>{area}</a>' if target else area
    yield "</g>"


def _painted(style: Look, edge: str, prefix: str) -> str:
    """Return the attributes that give an area its look; `edge` is the colour of borders that most have."""
    fill = _colour(style.fill)
    if style.stripes:
        fill = f"url(#{_pattern(prefix, style)}) {fill}"
    return f'fill="{fill}"' + ("" if style.edge == edge else f' stroke="{style.edge}"')


def _patterns(looks: list[dict[str, Look]], prefix: str, thick: float) -> Iterator[str]:
    striped = sorted({(style.fill, style.stripes) for styles in looks for style in styles.values() if style.stripes})
    if not striped:
        return
    yield "<defs>"
    step = f"{drawing.stripe_step(thick):.3g}"
    for fill, kind in striped:
        stripes = STRIPES[kind]
        turn = -45 if stripes.rising else 45
        yield (
            f'<pattern id="{_pattern(prefix, Look(fill, "", "", kind))}" width="{step}" height="{step}" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
            f'<rect width="{step}" height="{step}" fill="{_colour(fill)}"/>'
            f'<rect width="{step}" height="{float(step) * STRIPE_PART:.3g}" fill="{stripes.colour}" '
            f'fill-opacity="{stripes.opacity:g}"/></pattern>'
        )
    yield "</defs>"


def _pattern(prefix: str, style: Look) -> str:
    return f"{prefix}-{style.stripes}-{escape(style.fill.lstrip('#'))}"


def _outline(outline: Outline, pane: Pane, thick: float, name: str = "outline") -> str:
    path = paths.outline(outline.layer, outline.codes, outline.merged, pane)
    if not path:
        return ""
    wide = outline.width * thick
    dots = f' stroke-dasharray="0 {wide * 2.2:.3g}" stroke-linecap="round"' if outline.dotted else ""
    return (
        f'<path class="{name}" d="{path}" fill="none" stroke="{_colour(outline.colour)}" stroke-width="{wide:.2g}" '
        f'stroke-linejoin="round" pointer-events="none"{dots}/>'
    )


def _labels(labels: list[Label]) -> Iterator[str]:
    if not labels:
        return
    yield (
        '<g class="labels" aria-hidden="true" pointer-events="none" font-weight="bold" text-anchor="middle" '
        'stroke-linejoin="round">'
    )
    for label in labels:
        place = f'x="{label.x:.1f}" y="{label.y + label.size * 0.36:.1f}" font-size="{label.size:.3g}"'
        if label.badge:
            yield (
                f'<circle cx="{label.x:.1f}" cy="{label.y:.1f}" r="{label.size * drawing.BADGE:.1f}" '
                f'fill="{_colour(label.halo)}" stroke="{PAPER}" stroke-width=".5"/>'
                f'<text {place} fill="{_colour(label.ink)}">{_text(label.text)}</text>'
            )
        else:
            yield (
                f'<text {place} fill="{_colour(label.ink)}" stroke="{_colour(label.halo)}" stroke-width="2.5" '
                f'paint-order="stroke">{_text(label.text)}</text>'
            )
    yield "</g>"


def _scale_bar(drawn: Map, pane: Pane) -> Iterator[str]:
    if not drawn.scale_bar:
        return
    length, words = drawing.scale_bar(drawn, pane)
    x, y = 8.0, pane.box.height - 8.0
    size = drawing.words_size(min(pane.box.width, pane.box.height))
    yield (
        f'<g class="scale" aria-hidden="true"><path d="M{x:g} {y:g}h{length:.1f}" stroke="{PAPER}" stroke-width="4.5"/>'
        f'<path d="M{x:g} {y:g}h{length:.1f}" stroke="{INK}" stroke-width="2.5"/>'
        f'<text x="{x:g}" y="{y - 5:g}" font-size="{size:.3g}" font-weight="bold" fill="{INK}" stroke="{PAPER}" '
        f'stroke-width="2.5" paint-order="stroke">{_text(words)}</text></g>'
    )


def _note(drawn: Map, size: float) -> Iterator[str]:
    if not drawn.note:
        return
    box = drawing.note_box(drawn.note, size)
    fill, edge = drawing.note_colours(drawn.made_up)
    yield (
        f'<g class="note"><rect x="{box.left:g}" y="{box.top:g}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'fill="{fill}" stroke="{edge}"/><text x="{box.left + box.width / 2:.1f}" '
        f'y="{box.top + box.height / 2 + 0.36 * size:.1f}" text-anchor="middle" font-size="{size:.3g}" '
        f'font-weight="bold" fill="{INK}">{_text(drawn.note)}</text></g>'
    )


def _text(words: str) -> str:
    """Return words for XML: escaped, without the characters that XML does not know."""
    return html.escape(_UNKNOWN.sub("", words), quote=False) if _SPECIAL.search(words) else words


def _colour(colour: str) -> str:
    return escape(colour)
