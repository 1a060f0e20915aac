"""Two STPs held against each other, and which STPs are alike."""

import numpy as np
import pandas as pd

from geo import kept
from lib import catalogue, fit, measures
from lib.footprint import profile
from lib.text import capital, counted, listed

ALIKE_BY = ("population", "ccgs", "councils", "split", "share_65_plus", "density", "deprivation")
_CARE = ("vanguards", "system", "emergency_2016", "emergency_2017")
_COMPARATIVES = {"share_65_plus": "older", "deprivation": "more deprived", "density": "more densely populated"}
METHOD = (
    "Most alike by seven measures: population, CCGs, councils, residents in split councils, share aged 65 and over, "
    "density and deprivation. Each is ranked among the 44 as printed here (1 is the greatest, equal values share the "
    "better rank), and the distance is the mean difference in rank. "
    "The four most alike anywhere come first, then the two most alike in the same NHS region."
)


@kept.once
def _ranks() -> pd.DataFrame:
    # As `profile.standing` prints them, so that the distances can be worked out from what a page shows.
    return catalogue.stp_table()[list(ALIKE_BY)].rank(ascending=False, method="min")


@kept.once
def _distances() -> pd.DataFrame:
    """Return the mean absolute difference in rank of each STP from each other one."""
    ranks = _ranks()
    apart = np.abs(ranks.to_numpy()[:, None, :] - ranks.to_numpy()[None, :, :]).mean(axis=2)
    return pd.DataFrame(apart, index=ranks.index, columns=ranks.index)


def distances(code: str) -> pd.Series:
    """Return how unlike the other 43 STPs are: the mean absolute difference in rank, least first."""
    return _distances()[code].drop(code).sort_values(kind="stable")


@kept.once
def peers(code: str) -> list[str]:
    """Return six STPs to compare one with, see `METHOD`."""
    order, region = list(distances(code).index), catalogue.stp_table()["region"]
    anywhere = order[:4]
    return anywhere + [other for other in order if region[other] == region[code] and other not in anywhere][:2]


@kept.once
def facts(code: str) -> dict[str, str]:
    """Return what an STP is described by, in words."""
    stp, row = catalogue.footprints()[code], catalogue.stp_rows()[code]
    councils = sorted(fit.each_part("stp17", "council17", code, "population", 0.0))
    fitting = fit.theme("stp17", "council17", "population", 0.0).keys[code]
    ages = {group: share for group, _, share, _ in profile.ages(code)}
    by_label = {
        "Rating, July 2017": catalogue.rating_words(stp),
        "Lead": f"{stp.lead.fact.value}, {stp.lead.organisation}",
        "Lead type": catalogue.LEAD_TYPES[stp.lead.kind],
        "Evidence on the lead": capital(stp.lead.fact.spoken_for),
        "Accountable care system": catalogue.ACS_STATUSES[catalogue.acs_status(stp)],
        "NHS region": stp.region,
    }
    for key in ("population", *ALIKE_BY[4:], "gap", "split", *_CARE):
        by_label[measures.MEASURES[key].title] = measures.theme(key).values[code]
    by_label |= {
        "Residents aged 0 to 17": f"{ages['0 to 17']:.1%}",
        "CCGs": f"{row['ccgs']:.0f}: {listed([fit.short_names('ccg17')[c] for c in _inside(code, 'ccg17')])}",
        "Councils": f"{len(councils)}: {listed([council.name for council in councils])}",
        "Councils wholly inside": f"{sum(council.share_of_b == 1 for council in councils)} of {len(councils)}",
        "Fit with councils": fit.class_label(fitting, "council17"),
        "Acute trusts": str(len(profile.trusts(code))),
    }
    return by_label


def _inside(code: str, layer: str) -> list[str]:
    return sorted(part.code for part in fit.each_part("stp17", layer, code, "population", 0.0))


@kept.within(1)
def differences(a: str, b: str) -> list[str]:
    """Return in sentences what sets two STPs apart."""
    rows = catalogue.stp_rows()
    names = {code: rows[code]["name"] for code in (a, b)}
    large, small = (a, b) if rows[a]["population"] >= rows[b]["population"] else (b, a)
    times = rows[large]["population"] / rows[small]["population"]
    more = rows[large]["population"] - rows[small]["population"]
    factor = f", {times:.1f} times as many" if times >= 1.1 else ""
    lines = [f"{names[large]} has {more:,} more residents than {names[small]}{factor}."]
    for key, comparative in _COMPARATIVES.items():
        first, second = (a, b) if rows[a][key] >= rows[b][key] else (b, a)
        values = measures.theme(key).values
        if values[first] == values[second]:
            lines.append(f"Both have the same {measures.MEASURES[key].title.lower()}: {values[a]}.")
        else:
            title = measures.MEASURES[key].title.lower()
            lines.append(f"{names[first]} is {comparative}: {title} {values[first]} against {values[second]}.")
    for key, one in (("ccgs", "CCG"), ("councils", "council")):
        numbers = [counted(int(rows[code][key]), one) for code in (a, b)]
        same = numbers[0] == numbers[1]
        lines.append(f"Both have {numbers[0]}." if same else f"{names[a]} has {numbers[0]}, {names[b]} {numbers[1]}.")
    values = measures.theme("split").values
    where = f"{values[a]} in {names[a]}, {values[b]} in {names[b]}"
    if values[a] == values[b]:
        where = f"{values[a]} in both"
    lines.append(f"Residents whose council is split between STPs: {where}.")
    lines.append(rating_difference(a, b))
    shared = sorted(set(_inside(a, "council17")) & set(_inside(b, "council17")))
    if shared:
        councils = [fit.short_names("council17")[code] for code in shared]
        lines.append(f"They share {counted(len(shared), 'council')}: {listed(councils)}.")
    return lines


def rating_difference(a: str, b: str) -> str:
    """Return in a sentence how two STPs were rated."""
    stps = [catalogue.footprints()[code] for code in (a, b)]
    ratings = [catalogue.rating_words(stp).lower() for stp in stps]
    if ratings[0] == ratings[1]:
        return f"Rating of July 2017: {ratings[0]} for both."
    return f"Rating of July 2017: {ratings[0]} for {stps[0].name}, {ratings[1]} for {stps[1].name}."
