"""Views in words, for page titles and citations."""

from functools import singledispatch
from typing import Any

from geo import blocks
from lib import catalogue, fit, glossary, measures, provenance, views
from lib.accountable_care import acs
from lib.conditions import crosstab, ratings
from lib.conditions import measures as what_helps
from lib.parameters import ALL
from lib.text import listed, small
from lib.what_if import regrouping


def title(view: Any) -> str:
    """Return what a browser's tab calls a view."""
    return f"{_subject(view)} - Footprints"


@singledispatch
def _subject(view: Any) -> str:
    return type(view).__name__.removesuffix("View")


@singledispatch
def described(view: Any) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    return _subject(view)


def _stp(code: str) -> str:
    return catalogue.footprints()[code].name


@_subject.register
def _(view: views.MapView) -> str:
    return _stp(view.stp) if view.stp else "Map"


@described.register
def _(view: views.MapView) -> str:
    measure = measures.MEASURES[view.colour].title
    said = [f"the 44 STPs by {small(measure)}"]
    ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
    filters = (
        ("lead type", view.lead, catalogue.LEAD_TYPES),
        ("rating", view.rating, ratings),
        ("NHS region", view.region, catalogue.REGIONS),
        ("accountable care system", view.acs, catalogue.ACS_STATUSES),
    )
    said += [f"{name}: {listed([words[value] for value in chosen], 'or')}" for name, chosen, words in filters if chosen]
    if view.outline in blocks.LAYERS:
        said.append(f"outlines of {blocks.layer(view.outline).many}")
    if view.stp:
        said.append(f"chosen: {_stp(view.stp)}")
    return "map of " + "; ".join(said)


@_subject.register
def _(view: views.FootprintView) -> str:
    return _stp(view.stp) if view.stp else "Footprints"


@_subject.register
def _(view: views.CompareView) -> str:
    if view.a and view.b:
        return f"{_stp(view.a)} and {_stp(view.b)} compared"
    return "Compare two footprints"


@_subject.register
def _(view: views.CoterminosityView) -> str:
    fitting = f"Fit of {blocks.layer(view.a).many} with {blocks.layer(view.b).many}"
    return f"{blocks.names(view.a)[view.area]}: {small(fitting)}" if view.area else fitting


@described.register
def _(view: views.CoterminosityView) -> str:
    said = f"{_subject(view)}, counted in {blocks.WEIGHTS[view.weight]}, tolerance {view.tolerance:g}%"
    if view.classes:
        said += f"; classes: {listed([small(fit.class_label(name, view.b)) for name in view.classes], 'or')}"
    return said


@_subject.register
def _(view: views.CouncilView) -> str:
    return blocks.names("council17")[view.council] if view.council else "Councils"


@described.register
def _(view: views.CouncilView) -> str:
    return f"{_subject(view)}, its STPs and CCGs" if view.council else "councils and their STPs"


@_subject.register
def _(view: views.AcsView) -> str:
    if not view.area:
        return "Accountable care systems"
    names = [acs.areas()[code].name for code in (view.area, view.other) if code]
    return listed(names)


@_subject.register
def _(view: views.BriefingView) -> str:
    if view.other:
        return f"Briefing on {_stp(view.stp)} and {_stp(view.other)}"
    for layer, code in (("stp17", view.stp), ("council17", view.council)):
        if code:
            return f"Briefing on {blocks.names(layer)[code]}"
    if view.moves:
        return f"Briefing: {small(regrouping.title(view.moves))}"
    return f"Briefing on {acs.areas()[view.acs].name}" if view.acs else "Briefings"


@_subject.register
def _(view: views.GlossaryView) -> str:
    return glossary.TERMS[view.term].name if view.term else "Glossary and timeline"


@_subject.register
def _(view: views.SourcesView) -> str:
    return provenance.tables()[view.table]["title"] if view.table else "Sources and downloads"


@_subject.register
def _(view: views.WhatIfView) -> str:
    return regrouping.title(view.moves)


@described.register
def _(view: views.BriefingView) -> str:
    if view.moves:
        return f"{_subject(view)} ({small(regrouping.MARK)}; {regrouping.sentence(view.moves).partition('.')[0]})"
    return _subject(view)


@described.register
def _(view: views.WhatIfView) -> str:
    if not view.moves:
        return "what if CCGs belonged to other STPs"
    return f"{_subject(view)} ({small(regrouping.MARK)}; {regrouping.sentence(view.moves).partition('.')[0]})"


@_subject.register
def _(view: views.ThenAndNowView) -> str:
    if view.stp:
        return f"{_stp(view.stp)}, then and now"
    return f"Then and now: what {view.code} meant" if view.code else "Then and now"


@described.register
def _(view: views.ThenAndNowView) -> str:
    areas = " to ".join(blocks.layer(layer).vintage for layer in view.layers)
    said = f"flows of residents from {areas}"
    if view.stp:
        said = f"{_stp(view.stp)} year by year, {said}"
    elif view.region != ALL:
        said += f", {catalogue.REGIONS[view.region]}"
    if view.code:
        said += f"; what {view.code} meant" + ("" if view.year == "any" else f" in {view.year}")
    return said


@_subject.register
def _(view: views.ConditionsView) -> str:
    return "Do the claims hold?"


@described.register
def _(view: views.ConditionsView) -> str:
    measure, scheme = what_helps.MEASURES[view.measure], ratings.SCHEMES[view.ratings]
    said = f"{small(measure.title)} of the footprints by rating ({small(scheme.title)})"
    if "weight" in measure.uses:
        said += f", counted in {blocks.WEIGHTS[view.weight]}"
    if "tolerance" in measure.uses:
        said += f", tolerance {view.tolerance:g}%"
    if view.stp:
        said += f"; chosen: {_stp(view.stp)}"
    chosen = (
        ("lead type", view.lead, catalogue.LEAD_TYPES),
        ("fit with councils", view.fit, crosstab.FIT_LABELS),
        ("rating", view.rating, crosstab.RATINGS),
    )
    picked = [f"{name}: {listed([words[value] for value in values], 'or')}" for name, values, words in chosen if values]
    return "; ".join([said, *picked])


@_subject.register
def _(view: views.YourNumbersView) -> str:
    return "Your numbers"


@described.register
def _(view: views.YourNumbersView) -> str:
    many = "areas" if view.layer not in blocks.LAYERS else blocks.layer(view.layer).many
    said = f"a reader's own numbers by {many}"
    if view.area:
        names = blocks.areas()
        said += f"; chosen: {names[names['code'] == view.area]['name'].iloc[0]}"
    return f"{said}; the file is the reader's and not in the link"
