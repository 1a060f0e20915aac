"""A what-if in tables."""

import pandas as pd

from geo import effects, regroup
from lib import fit
from lib.what_if import moves
from lib.what_if.regrouping import consequences, home, residents


def move_table(text: str | None) -> pd.DataFrame:
    """Return the moves by unit: what, from where to where, and how many residents."""
    made = moves.parsed(text)
    return pd.DataFrame(
        {
            "CCG or part of it": [regroup.unit_name(unit) for unit in made],
            "From": [regroup.stp_name(home(unit)) for unit in made],
            "To": [regroup.stp_name(stp) for stp in made.values()],
            "Residents": [residents(unit) for unit in made],
        },
        index=pd.Index(list(made), name="unit"),
    )


def score_table(text: str | None) -> pd.DataFrame:
    """Return the scores of the whole map before and after, in words."""
    outcome = consequences(text)
    then, now = outcome.before, outcome.after
    england = sum(regroup.people_of_parts().values())

    def rows(score: effects.Score) -> list[str]:
        return [
            f"{score.stps}",
            f"{score.split_councils} of {outcome.all_councils}",
            f"{score.residents_in_split:,}",
            f"{score.residents_in_split / england:.2%}",
            f"{score.v_measure:.4f}",
        ]

    changes = [
        signed(now.stps, then.stps),
        signed(now.split_councils, then.split_councils),
        signed(now.residents_in_split, then.residents_in_split),
        signed(*(score.residents_in_split / england * 100 for score in (now, then)), decimals=2, unit=" points"),
        signed(now.v_measure, then.v_measure, 4),
    ]
    labels = [
        "STPs",
        "Councils split between STPs",
        "Residents of split councils",
        "Share of England's residents",
        "V-measure of councils and STPs",
    ]
    return pd.DataFrame({"Whole map": labels, "April 2017": rows(then), "What if": rows(now), "Change": changes})


def signed(now: float, then: float, decimals: int = 0, unit: str = "") -> str:
    """Return the difference of two numbers as they are printed, with its sign; what is nothing has none.

    Both are rounded first: a reader who subtracts what stands there gets the same.
    """
    difference = f"{round(now, decimals) - round(then, decimals):+,.{decimals}f}".replace("-", "−")
    return f"{difference}{unit}" if any(digit in difference for digit in "123456789") else "no change"


def class_words(name: str, layer: str = regroup.COUNCILS) -> str:
    """Return a fit class in words, or a dash for an area that does not exist."""
    return fit.class_label(name, layer) if name else "–"
