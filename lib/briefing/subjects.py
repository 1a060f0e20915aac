"""What a briefing says of an STP, a council, an ACS area and two STPs, from the tables that the pages show."""

import pandas as pd

from geo import blocks, sources
from lib import catalogue, councils, fit, measures
from lib.accountable_care import accountability, acs
from lib.briefing import maps
from lib.briefing.content import Facts, Prose, Row, Source, Subject, Table, common_sources, source
from lib.catalogue import Footprint
from lib.figures import sheets
from lib.figures.maps import Map
from lib.footprint import compare, peers, profile
from lib.text import capital, dated, dates_in_words, listed, percent, source_parts
from lib.themes import Category

_DEPRIVATION = ("Deprivation", "English indices of deprivation 2015")
_LISTS = ("Published partner list", "NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019")
_NOT_ESTABLISHED = "Not established"


def _rating(footprint: Footprint) -> Row:
    words = catalogue.RATINGS[footprint.rating.value] if footprint.rating.value else catalogue.UNKNOWN_RATING
    return Row("Rating, July 2017", words, footprint.rating.grade)


def _lead_rows(footprint: Footprint) -> tuple[Row, ...]:
    fact = footprint.lead.fact
    return (
        Row("Lead", f"{fact.value}, {footprint.lead.organisation}", fact.grade, fact.evidence),
        Row("Lead type", catalogue.LEAD_TYPES[footprint.lead.kind]),
        Row("As of", capital(dates_in_words(fact.as_of))),
    )


def _fact_sources(footprint: Footprint, name: str = "") -> tuple[Source, ...]:
    of = f" of {name}" if name else ""
    return source(f"Rating{of}", footprint.rating), source(f"Lead{of}", footprint.lead.fact)


def _marks(drawn: Map, codes: list[str]) -> tuple[Category, ...]:
    by_key = {category.key: category for category in sheets.legend(drawn)}
    return tuple(by_key[code] for code in codes)


def _people(number: float) -> str:
    return f"{number:,.0f}"


def _rows(table: pd.DataFrame, *columns: str) -> tuple[tuple[str, ...], ...]:
    """Return columns of a table in words: per cent as such, other numbers with separators."""
    told = [
        [percent(share / 100) for share in table[column].tolist()]
        if column.endswith("%")
        # What is no number is a name.
        else [cell if isinstance(cell, str) else _people(cell) for cell in table[column].tolist()]
        for column in columns
    ]
    return tuple(zip(*told, strict=True))


def _council_table(code: str, drawn: Map, title: str = "Councils") -> Table:
    table = profile.councils(code).loc[[category.key for category in sheets.legend(drawn)]]
    rows = _rows(table, "Council", "Residents inside", "Share of the council, %", "Share of the STP, %")
    head = ("Council", "Residents", "Of the council", "Of the STP")
    return Table(title, head, rows, _marks(drawn, list(table.index)))


def _gap_rows(footprint: Footprint) -> Row:
    per_head = measures.theme("gap").values[footprint.code]
    kind = f"{per_head} per head" if footprint.gap_comparable else "not comparable with the other areas"
    return Row("Projected financial gap", f"{catalogue.gap_words(footprint)}: {kind}", footprint.gap.grade)


def _fit_lines(layer: str, other: str, code: str) -> tuple[str, ...]:
    strict = fit.areas(layer, other, "population", 0.0)["class"][code]
    loose = fit.areas(layer, other, "population", 5.0)["class"][code]
    return (
        fit.sentence(layer, other, code, "population", 0.0),
        f"Fit with {blocks.layer(other).many}: {_small(fit.class_label(strict, other))} without tolerance; "
        f"{_small(fit.class_label(loose, other))} at 5% tolerance.",
    )


def _small(words: str) -> str:
    return words[0].lower() + words[1:]


def _acs_words(footprint: Footprint) -> str:
    areas = [
        f"{area.name} ({_small(acs.KINDS[area.kind])}, {_small(acs.areas()[area.code].extent)})"
        for area in footprint.acs
    ]
    return listed(areas) or "None announced in June 2017"


def stp(code: str) -> Subject:
    """Return what a briefing says of an STP."""
    footprint, drawn = catalogue.footprints()[code], maps.stp(code)
    values = {key: measures.theme(key).values[code] for key in measures.MEASURES}
    standing = {item.measure.key: item for item in profile.standing(code)}

    def ranked(key: str) -> str:
        place = standing[key]
        return f"{values[key]} ({place.words})" if place.rank else values[key]

    called = f"NHS England called it {footprint.nhs_name}. " if footprint.nhs_name != footprint.name else ""
    ccgs = profile.ccgs(code)
    later = profile.later(code)
    icbs = listed(
        [f"{board} ({share} of residents)" for board, share in _rows(later, "ICB, July 2022", "Share of the STP, %")]
    )
    trusts = list(profile.trusts(code)["name"])
    agreement = profile.list_sentences(code)
    return Subject(
        kind="Sustainability and transformation partnership, 2017",
        title=footprint.name,
        subtitle=(
            f"{called}Footprint {footprint.number} of 44 · NHS region {footprint.region} · "
            f"codes {footprint.ods_code} (NHS), {footprint.code} (ONS)"
        ),
        maps=(drawn,),
        left=(_council_table(code, drawn),),
        right=(
            Facts("Who leads it, and how it was rated", (_rating(footprint), *_lead_rows(footprint))),
            Facts(
                "Key figures; rank 1 is the greatest",
                (
                    Row("Residents, mid-2017", ranked("population")),
                    Row("Aged 65 and over", ranked("share_65_plus")),
                    Row("Density", ranked("density")),
                    Row("Deprivation score, 2015", ranked("deprivation")),
                    Row("In the most deprived fifth of England", percent(profile.most_deprived_share(code))),
                    Row("In councils that are split", values["split"]),
                    _gap_rows(footprint),
                    Row("Accountable care", _acs_words(footprint)),
                ),
            ),
            Table(
                "Clinical commissioning groups (CCGs), April 2017",
                ("CCG", "Residents", "Of the STP"),
                _rows(ccgs, "CCG", "Residents", "Share of the STP, %"),
            ),
        ),
        below=(
            Prose("Fit with councils", _fit_lines("stp17", "council17", code)),
            Prose("Published partner list and geography", tuple(agreement)),
            Prose("Acute trusts", (f"{listed(trusts)}.",)),
            Prose("What became of it", (f"Integrated care boards of July 2022: {icbs}.",)),
        ),
        sources=(
            *_fact_sources(footprint),
            source("Financial gap", footprint.gap),
            *common_sources(_DEPRIVATION, _LISTS),
        ),
    )


def council(code: str) -> Subject:
    """Return what a briefing says of a council."""
    name, drawn, table = blocks.names("council17")[code], maps.council(code), councils.stps(code)
    footprints = [catalogue.footprints()[stp] for stp in table.index]
    kind = sources.read("council17").set_index("council17cd")["council_type"][code]
    ccgs, districts = councils.partners(code, "ccg17"), councils.districts(code)
    inside = fit.parts("council17", "acs17", code, "population", 0.0).drop(index=fit.OUTSIDE, errors="ignore")
    systems = listed([f"{part['name']} ({percent(part['share_of_a'])} of residents)" for _, part in inside.iterrows()])
    right = [
        Facts(
            "Key figures",
            (
                Row("Residents, mid-2017", _people(table["Residents"].sum())),
                Row("Kind of council", kind),
                Row("STPs", f"{len(table)}"),
                Row("CCGs", f"{len(ccgs)}"),
                Row("Accountable care systems", systems or "None of the eight of June 2017"),
            ),
        ),
        *(Facts(item.name, (_rating(item), *_lead_rows(item))) for item in footprints),
    ]
    below = []
    if len(districts):
        rows = _rows(districts, "District", "Residents", "STP")
        below.append(Table("Districts", ("District", "Residents", "STP"), rows))
    return Subject(
        kind=f"Council ({kind})",
        title=name,
        subtitle=f"Whom the council has to deal with · {code} · memberships of April 2017",
        maps=(drawn,),
        left=(
            Table(
                "STPs",
                ("STP", "Residents", "Of the council", "Of the STP"),
                _rows(table, "STP", "Residents", "Share of the council, %", "Share of the STP, %"),
                _marks(drawn, list(table.index)),
            ),
            Table(
                "Clinical commissioning groups (CCGs), April 2017",
                ("CCG", "Residents", "Of the council", "Of the CCG"),
                _rows(ccgs, "CCG", "Residents", "Share of the council, %", "Share of the CCG, %"),
            ),
        ),
        right=tuple(right),
        below=(
            *below,
            Prose("Fit with STPs", _fit_lines("council17", "stp17", code)),
            Prose("Published partner list and geography", (councils.agreement(code),)),
        ),
        sources=(
            *(part for item in footprints for part in _fact_sources(item, item.name)),
            *common_sources(_LISTS),
        ),
    )


def acs_area(code: str) -> Subject:
    """Return what a briefing says of an ACS area or a devolution area."""
    area = acs.areas()[code]
    drawn, footprint, who = maps.acs_area(area), area.footprint, accountability.governance(area)
    ccgs, members = acs.ccg_table(area), acs.council_table(area)
    agreed = tuple(
        Row(f"{item.what}{f', {item.when}' if item.when not in ('', item.words) else ''}", item.words)
        for item in accountability.agreed(area)
    )
    lead = area.lead or _NOT_ESTABLISHED
    return Subject(
        kind=f"{acs.KINDS[area.kind]}, {dated(area.announced)}",
        title=area.name,
        subtitle=f"{area.extent}: {footprint.name} · {footprint.ods_code} · {footprint.code}",
        maps=(drawn,),
        left=(
            Table(
                "Councils",
                ("Council", "Residents", "Of the council", "Left out"),
                _rows(members, "Council", "Residents inside", "Share of the council, %", "Left out, residents"),
                _marks(drawn, list(members.index)),
            ),
            Table(
                "Clinical commissioning groups (CCGs), April 2017",
                ("CCG", "Residents", "Of the area"),
                _rows(ccgs, "CCG", "Residents", "Share of the area, %"),
            ),
        ),
        right=(
            Facts(
                "Key figures",
                (
                    Row("Residents, mid-2017", _people(who.residents)),
                    Row("Share of the STP's residents", percent(acs.share_of_stp(area))),
                    Row("Councils with social care duties", f"{who.councils}, {who.whole_councils} wholly inside"),
                    Row("District councils", f"{who.districts}"),
                    Row("Fit with councils, no tolerance", acs.fit_class(area)),
                    Row("Fit with councils, 5% tolerance", acs.fit_class(area, 5.0)),
                    Row("Lead of the area", lead),
                ),
            ),
            Facts(f"Its STP, {footprint.name}", (_rating(footprint), *_lead_rows(footprint))),
            Facts("What was announced and agreed", agreed),
        ),
        below=(
            Prose(
                "Who speaks for its residents",
                (accountability.sentence(area), accountability.answer(area), *accountability.left_out(area)),
            ),
            Prose("Why these CCGs", (area.basis,)),
        ),
        sources=(
            Source("Area", tuple(source_parts(area.source))),
            *_fact_sources(footprint, "the STP"),
            *common_sources(),
        ),
    )


def comparison(a: str, b: str) -> Subject:
    """Return what a briefing says of two STPs."""
    first, second = (catalogue.footprints()[code] for code in (a, b))
    drawn = maps.pair(a, b)
    # The councils stand with their numbers below the maps.
    told = [{label: words for label, words in peers.facts(code).items() if label != "Councils"} for code in (a, b)]
    rows = tuple((row.name, row.a, row.b) for row in compare.compared(*told))
    sentences = tuple(peers.differences(a, b))
    return Subject(
        kind="Two sustainability and transformation partnerships, 2017",
        title=f"{first.name} compared with {second.name}",
        subtitle=f"Both maps have the same scale · {a} ({first.ods_code}) and {b} ({second.ods_code})",
        maps=drawn,
        left=(_council_table(a, drawn[0], first.name),),
        right=(_council_table(b, drawn[1], second.name),),
        below=(
            Prose("In words", sentences),
            Table("Side by side", ("", first.name, second.name), rows, numbers=False),
        ),
        sources=(
            *_fact_sources(first, first.name),
            *_fact_sources(second, second.name),
            source(f"Gap of {first.name}", first.gap),
            source(f"Gap of {second.name}", second.gap),
            *common_sources(_DEPRIVATION),
        ),
    )
