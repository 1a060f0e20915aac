"""How well the councils of 2017 fit each vintage of STPs, ICBs and CCGs."""

import pandas as pd

from geo import blocks, kept, vintages
from lib import fit
from lib.text import listed


@kept.once
def by_vintage(kind: str) -> pd.DataFrame:
    """Return how well the councils of 2017 fit each vintage of STPs, ICBs with them, or of CCGs, counted in residents.

    Returns
    -------
    DataFrame
        By layer: ``year``, ``areas``, ``split`` and ``split_at_5`` (councils
        split, without tolerance and at 5%), ``in_split`` (share of residents
        in split councils), ``same`` (share of residents whose council is the
        same area), ``homogeneity``, ``completeness``, ``v_measure``; ``new``
        and ``healed``: names of councils split since the vintage before, and
        no longer split.
    """
    rows, before = [], None
    for layer in {"stp": vintages.STPS, "ccg": vintages.CCGS[:-1]}[kind]:
        areas = fit.areas("council17", layer, "population", 0.0)
        scores = fit.scores("council17", layer, "population", 0.0)
        split = set(areas["name"][areas["class"] == "split"])
        rows.append(
            {
                "layer": layer,
                "year": blocks.layer(layer).year,
                "areas": len(vintages.totals(layer)),
                "split": len(split),
                "split_at_5": fit.split_count("council17", layer, "population", 5.0),
                "in_split": scores.split,
                "same": scores.same,
                "homogeneity": scores.homogeneity,
                "completeness": scores.completeness,
                "v_measure": scores.v_measure,
                "new": tuple(sorted(split - before)) if before is not None else (),
                "healed": tuple(sorted(before - split)) if before is not None else (),
            }
        )
        before = split
    return pd.DataFrame(rows).set_index("layer")


def councils() -> int:
    """Return how many councils there were in 2017."""
    return len(blocks.names("council17"))


def split_councils() -> dict[str, pd.Series]:
    """Return how many councils are split by year: between STPs and their successors, and between CCGs."""
    names = {"stp": "Between STPs, in 2022 ICBs", "ccg": "Between CCGs"}
    return {name: by_vintage(kind).set_index("year")["split"] for kind, name in names.items()}


@kept.once
def councils_changed() -> tuple[str, ...]:
    """Return in sentences which councils became split, or whole, from one vintage to the next."""
    sentences = []
    for kind in ("stp", "ccg"):
        for layer, row in by_vintage(kind).iterrows():
            parts = []
            if row["healed"]:
                parts.append(f"no longer split: {listed(row['healed'])}")
            if row["new"]:
                parts.append(f"newly split: {listed(row['new'])}")
            if parts:
                sentences.append(f"{blocks.layer(layer).vintage}, {'; '.join(parts)}.")
    return tuple(sentences)
