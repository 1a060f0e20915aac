"""Views of sources, claims, events and accountable care, and papers, read back and held against the tables of facts."""

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from lib.hosts.web import pictures
from tests import sums
from tests.lib.hosts.reading import Read, expect, read
from tests.tables import SOURCES as FOLDER
from tests.tables import source

SOURCES = ("/sources.json", "/sources.xlsx?table=stp_ratings", "/sources.csv?table=ccg_successions&table=rows")
CLAIMS = ("/claims.json", "/claims.csv?document=nhs-providers&kind=figure&table=claims", "/claims.xlsx?verdict=in_part")
EVENTS = ("/glossary.json", "/glossary.csv?kind=systems,leads&table=timeline")
ACS = ("/acs.json", "/acs.csv?table=councils")
PAPERS = (
    "/briefing.pdf?stp=E54000048",
    "/briefing.pdf?stp=E54000015&with=E54000014",
    "/briefing.pdf?council=E10000030",
    "/briefing.pdf?moves=E38000008:E54000014",
)


def expect_sources(answer: Read) -> None:
    opened = answer.asked.get("table")
    if "tables" in answer.tables:
        told = answer.tables["tables"].set_index("file")["rows"]
        people = {f"data/{file}": count for file, count in counted_rows().items()}
        assert {file: told[file] for file in people} == people
        assert set(people) == {file for file in told.index if "/sources/" in file and file.endswith((".csv", ".gz"))}
        counts = answer.tables["evidence"].groupby(["fact", "evidence"])["areas"].sum()
        ratings = sums.stps()["rating_evidence"].value_counts()
        assert counts["Rating, July 2017"].to_dict() == ratings.to_dict()
        gaps = sums.table("stp_financial_gaps")["confidence"].value_counts()
        assert counts["Financial gap"].to_dict() == {f"{key} confidence": number for key, number in gaps.items()}
        totals = answer.tables["totals"].set_index("class")["in_these_tables"]
        leads = sums.stps()[["rating", "lead_type"]]
        assert (
            totals.to_dict() == leads["rating"].value_counts().to_dict() | leads["lead_type"].value_counts().to_dict()
        )
        expect_years(answer.tables["changes"])
    if opened:
        told, right = (
            answer.tables["rows"].astype(object),
            sums.table("stp_ratings" if "rating" in opened else "ccg_successions"),
        )
        assert told.where(told.notna(), "").astype(str).to_numpy().tolist() == right.to_numpy().tolist()
        assert list(told) == list(right)


def counted_rows() -> dict[str, int]:
    found = {f"sources/{path.name}": len(source(path.name.partition(".")[0])) for path in FOLDER.glob("*.csv")}
    return found | {f"sources/{name}.csv.gz": len(sums.lsoas()) for name in ("lsoa", "lsoa_today")}


def expect_years(told: pd.DataFrame) -> None:
    lsoas, before, rows = sums.lsoas().assign(stp22=sums.lsoas()["icb22"]), None, {}
    ended = sums.table("ccg_successions")
    for year in range(17, 23):
        stps, merged = lsoas[f"stp{year}"], ended[ended["effective_date"].str.startswith(f"20{year}")]
        rows[f"20{year}"] = {
            "stps_or_icbs": stps.nunique(),
            "ccgs": lsoas[f"ccg{year}"].nunique() if year < 22 else np.nan,
            "ccgs_ended": merged["ccg_ods_code"].nunique(),
            "ccgs_new": merged["successor_ods_code"].nunique(),
            "residents_recoded": np.nan if before is None else lsoas["population"][stps != before].sum(),
        }
        before = stps
    expect(
        told.fillna({"ccgs_ended": 0, "ccgs_new": 0}), pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    )


def expect_claims(answer: Read) -> None:
    claims = sums.table("document_claims")
    claims = claims[~claims["kind"].isin(["opinion", "question", "prediction"])]
    told = answer.tables["claims"]
    told = told.assign(verdict=told["verdict"].str[2:])
    by_check = {
        "confirmed": "Holds",
        "confirmed_in_part": "Holds in part",
        "contradicted": "Does not hold",
        **dict.fromkeys(("same_text_elsewhere", "not_checked", "not_checkable"), "Cannot be checked"),
    }
    if "document" in answer.asked:
        claims = claims[claims["document"].str.startswith("NHS Providers") & (claims["kind"] == "figure")]
    if "verdict" in answer.asked:
        assert len(told) and set(told["verdict"]) == {"Holds in part"}
        claims = claims[claims["nr"].isin(told["nr"].astype(str))]
    else:
        # Nothing is left out.
        assert sorted(told["nr"]) == sorted(claims["nr"].astype(int))
    # What follows from the tables has no other source; the rest is as it was checked.
    checked = claims[claims["nr"].isin(told["nr"][told["source"].notna() & (told["source"] != "")].astype(str))]
    right = {"verdict": checked["check"].map(by_check), "source": checked["check_source"]}
    nrs = checked["nr"].astype(int)
    expect(told[told["nr"].isin(nrs)], pd.DataFrame(right).set_index(nrs.rename("nr")))
    if answer.words:
        counts = told["verdict"].value_counts()
        assert (
            f"Of {len(claims)} claims of fact {counts['Holds']} hold, {counts['Holds in part']} hold in part"
            in answer.words
        )


def expect_events(answer: Read) -> None:
    events, kinds = sums.table("events"), answer.asked.get("kind", "").split(",")
    shown = events[events["kind"].isin(kinds)] if "kind" in answer.asked else events
    told = answer.tables["timeline"]
    assert sorted(zip(told["date"], told["event"], strict=True)) == sorted(
        zip(shown["date"], shown["event"], strict=True)
    )
    # Numbered by date, whichever are shown.
    ordered = told.sort_values("number")["date"]
    assert ordered.is_monotonic_increasing and told["number"].is_unique and told["number"].max() <= len(events)


def expect_acs(answer: Read) -> None:
    """Hold the ten areas with their councils."""
    whole, stps = sums.total("area17"), sums.stps()
    shared = sums.overlap("council17", "area17").reset_index()
    names = pd.Series(sums.names("area17"))
    by_area, divided = shared.groupby("area17"), shared[shared["of_a"] < 1].groupby("area17")["weight"].sum()
    rows = {
        "residents": whole.reindex(names.index),
        "councils": by_area.size(),
        "residents_in_divided": divided.reindex(names.index).fillna(0),
        "share_in_divided": divided.reindex(names.index).fillna(0) / whole,
    }
    expect(answer.tables["councils"], pd.DataFrame(rows).loc[names.index].set_index(names.rename("area")))
    if "areas" in answer.tables:
        facts = pd.DataFrame(sums.acs_areas()).set_index("id")
        stp = facts["stp17cd"]
        right = {
            "stp": stp.map(stps["stp"]),
            "residents": whole.reindex(stp.index),
            "share_of_stp": whole.reindex(stp.index) / stp.map(stps["population"]),
            "ccgs": facts["ccg17cds"].map(len),
            "councils": by_area.size(),
            "lead_of_stp": stp.map(stps["lead"]),
            "announced": facts["announced"],
        }
        expect(answer.tables["areas"], pd.DataFrame(right).loc[stp.index].rename_axis("code"))
        systems = whole[facts.index[facts["kind"] == "acs"]].sum()
        assert f"have {systems:,} residents, {systems / whole_of_england():.1%} of England's" in answer.words


def whole_of_england() -> int:
    return int(sums.pieces()["population"].sum())


def moved(ccg: str, stp: str) -> pd.DataFrame:
    """Return the pieces as they would be with a CCG in another STP."""
    found = sums.pieces()
    return found.assign(stp17=found["stp17"].mask(found["ccg17"] == ccg, stp))


def expect_paper(answer: Read) -> None:
    """Hold the figures of a sheet: residents, shares, ranks."""
    asked, stps, said = answer.asked, sums.stps(), []
    if "council" in asked:
        parts = sums.overlap("council17", "stp17").loc[asked["council"]]
        said += [f"{p.weight:,.0f} {p.of_a:.1%} {p.of_b:.1%}" for p in parts.itertuples()]
    for stp in stps.loc[[asked[key] for key in ("stp", "with") if key in asked]].itertuples():
        parts = sums.overlap("stp17", "council17").loc[stp.Index]
        said += [f"{p.weight:,.0f} {sums.percent(p.of_b)} {sums.percent(p.of_a)}" for p in parts.itertuples()]
        said += [f"{stp.lead}, ", f"£{stp.gap_per_head:,.0f}"]
        if "with" not in asked:
            rank = (stps["population"] > stp.population).sum() + 1
            said += [f"{stp.population:,} (rank {rank} of 44)", f"{stp.split:.1%}", f"{stp.deprivation:.1f} (rank"]
    # No number is broken in two.
    assert not re.search(r"\d,\d{1,2} \d", answer.words)
    if "moves" in asked:
        after = moved(*asked["moves"].split(":"))
        people = [sums.total("stp17", where=where) for where in (sums.pieces(), after)]
        said += [f"{people[0][stp]:,} {people[1][stp]:,}" for stp in people[0].index[people[0] != people[1]]]
        fits = [
            sums.fitted(sums.overlap("council17", "stp17", where=w), sums.total("council17"))
            for w in (sums.pieces(), after)
        ]
        split = [fit["weight"][fit["class"] == "split"] for fit in fits]
        said += [
            " ".join(f"{part.sum():,}" for part in split),
            " ".join(f"{len(part)} of 152" for part in split),
            " ".join(f"{part.sum() / sums.total('council17').sum():.2%}" for part in split),
        ]
    assert len(said) > 2 and [figure for figure in said if figure not in answer.words] == []


@pytest.mark.parametrize("address", SOURCES)
def test_sources(files, address):
    expect_sources(read(files, address))


@pytest.mark.parametrize("address", CLAIMS)
def test_claims(files, address):
    expect_claims(read(files, address))


@pytest.mark.parametrize("address", EVENTS)
def test_events(files, address):
    expect_events(read(files, address))


@pytest.mark.parametrize("address", ACS)
def test_accountable_care(files, address):
    expect_acs(read(files, address))


@pytest.mark.parametrize("address", PAPERS)
def test_papers(files, address, monkeypatch):
    # That another process draws is tested with the pictures; here its start would take longest.
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(pictures, "_workers", lambda: pool)
        expect_paper(read(files, address))
