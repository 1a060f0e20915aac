"""Words and numbers that readers see, and text from outside that must stay text."""

import io

import pandas as pd
import pytest

from lib import catalogue, tables, text


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0.0%"), (0.0001, "<0.1%"), (0.1234, "12.3%"), (0.9996, ">99.9%"), (1, "100.0%"), (0.5, "50.0%")],
)
def test_shares_never_pretend_to_be_nothing_or_all(share, said):
    assert text.percent(share) == said


def test_quoted_text_is_one_short_piece_of_code():
    assert text.quoted("a`b\n\x00c") == "`abc`"
    assert text.quoted("x" * 500) == f"`{'x' * 59}…`"
    assert text.quoted("`") == "an empty value"


def test_escaped_text_shows_letter_by_letter():
    assert text.escaped("[a](b) <i>*x*") == r"\[a\]\(b\) \<i\>\*x\*"


def test_sources_become_links_named_by_their_host():
    cell = "https://www.hsj.co.uk/a_(b).article ; HSJ 7020491 ; http://x.org/p (July 2017)"
    assert text.source_parts(cell) == [
        ("hsj.co.uk", "https://www.hsj.co.uk/a_%28b%29.article"),
        ("HSJ 7020491", None),
        ("x.org (July 2017)", "http://x.org/p"),
    ]
    assert text.source_markdown("javascript:alert(1)") == r"javascript\:alert\(1\)"


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_read_as_a_sentence(words, said):
    assert text.listed(words) == said


def test_downloads_read_back_and_cannot_run_formulas():
    table = pd.DataFrame({"name": ["=1+1", "ok", None], "value": [-1.5, 2.0, None]})
    back = pd.read_csv(io.BytesIO(tables.csv(table)))
    assert list(back["name"][:2]) == ["'=1+1", "ok"]
    assert back["value"][0] == -1.5 and back["value"].isna()[2]


def test_the_table_lists_what_passes_with_the_mapped_column_first():
    codes = list(catalogue.footprints())
    assert list(tables.stp_values(codes[3:5], "rating").index) == codes[3:5]
    values = tables.stp_values(codes, "deprivation")
    assert len(values) == 44 and list(values.columns[:2]) == ["STP", "Deprivation"]
    back = pd.read_csv(io.BytesIO(tables.csv(values)))
    assert list(back["STP"]) == list(values["STP"])
    assert back["Gap per head, £"].isna().sum() == 3


def test_the_table_on_screen_lacks_only_what_the_file_has():
    values = tables.stp_values(list(catalogue.footprints()), "gap")
    shown = tables.sent(values, tables.IN_FILE_ONLY).to_pandas()
    assert list(shown.columns) == list(values.columns.drop(list(tables.IN_FILE_ONLY)))
    assert (shown["Deprivation"] - values["Deprivation"].to_numpy()).abs().max() <= 0.00005
