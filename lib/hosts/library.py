"""Files for taking away: tables, outlines, a workbook, and one archive with everything."""

import io
import threading
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from geo import blocks, boundaries, kept, manifest, paths
from lib import provenance, tables
from lib.own_numbers import examples, keys
from lib.text import capital, listed

if TYPE_CHECKING:
    from xlsxwriter import Workbook

AREA_SETS = ("stp17", "ccg17", "council17", "lad17", "acs17", "icb22")
FORMATS = {"geojson": "GeoJSON", "gpkg": "GeoPackage"}
MIME = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WORKBOOK = "footprints.xlsx"
STARTS = {"your-numbers-example.csv": "Example"} | {
    f"your-numbers-{layer}.csv": f"All {blocks.layer(layer).many}" for layer in keys.LAYERS
}
"""Files to put own numbers into, and what each is called."""
_MOST_WIDE = 60
# The same data give the same bytes: files carry this date and not the day of the download.
_DATE = datetime(2017, 7, 21)
_making = threading.Lock()

README = """Footprints: who plans care where in England
Data version {version}

tables/              every table as CSV, UTF-8 with a byte order mark, which spreadsheets need
areas/               outlines of the areas, WGS 84, as GeoJSON and GeoPackage, in two details
{workbook}      the fact tables as a workbook with notes
data/                the files as this project keeps them: a Frictionless data package
DATA-DICTIONARY.csv  every column of every table with meaning, unit, source, date and licence
LICENCES.txt         licences and attribution
CHECKSUMS.sha256     check with: sha256sum -c CHECKSUMS.sha256

{limits}

Outlines: overview is light and made for national maps, detail is not simplified.
Both come from super-generalised LSOAs: good for maps, not for measuring.
Text in tables/ that begins with =, +, - or @ has an apostrophe before it, so that
no spreadsheet takes it for a formula; data/ has every cell as it is, without a mark.

{attribution}
"""
LIMITS = (
    "An empty cell means that a value is not established; nothing is guessed or averaged.",
    "Residents are ONS mid-2017 estimates; memberships are those of April 2017 unless a column says otherwise.",
    "Codes beginning with E54 were used for STPs and again for ICBs: read them with their year.",
)


def table_csv(name: str) -> bytes:
    """Return a table as CSV with all its decimals."""
    return tables.csv(provenance.rows(name), decimals=None)


def outlines(layer: str, detail: str, form: str) -> bytes:
    """Return the outlines of a layer with code and name.

    Parameters
    ----------
    layer, detail : str
        As in `geo.boundaries.layer`.
    form : str
        A key of `FORMATS`.
    """
    # As below: who starts the server need not wait for what writes files.
    import pyogrio

    frame = boundaries.layer(layer, detail)
    if form == "geojson":
        return (frame.to_json(drop_id=True) + "\n").encode()
    file = io.BytesIO()
    with _making:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
        try:
            frame.to_file(file, driver="GPKG", layer=layer)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return file.getvalue()


def outlines_name(layer: str, detail: str, form: str) -> str:
    """Return the file name of a layer's outlines."""
    return f"{layer}-{detail}.{form}"


def limits() -> list[str]:
    """Return what a reader of the files should know."""
    grades = provenance.evidence().loc["stp_ratings"]
    counts = [f"{areas} {grade}" for grade, areas in zip(grades["Evidence"], grades["Areas"], strict=True)]
    return [f"Of the {grades['Areas'].sum()} ratings {listed(counts)}.", *LIMITS]


@kept.once
def workbook() -> bytes:
    """Return the fact tables as a workbook: a sheet with notes, one with all columns, one a table."""
    import xlsxwriter

    file = io.BytesIO()
    # Text stays text, whatever it begins with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": manifest.read()["title"], "created": _DATE})
        bold = book.add_format({"bold": True, "bottom": 1})
        _notes(book)
        dictionary = provenance.dictionary()
        _sheet(book, "columns", dictionary[dictionary["Table"].isin(provenance.facts())], bold)
        for name in provenance.facts():
            _sheet(book, name, provenance.rows(name), bold)
    return file.getvalue()


def _notes(book: "Workbook") -> None:
    package = manifest.read()
    heading, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("notes")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60, wrapped)
    sheet.set_column(2, 2, 30, wrapped)
    sheet.set_column(3, 4, 60, wrapped)
    lines: list[tuple[str, ...]] = [(package["title"],), ("Data version", package["version"])]
    lines += [("Read with care", limit) for limit in limits()]
    lines += [(f"Known: {item.about}", item.says) for item in provenance.caveats()]
    lines += [("Attribution", package["attribution"]), (), ("Sheet", "Table", "Speaks for", "Licence", "Source")]
    heads = {0, len(lines) - 1}
    table = provenance.overview().loc[provenance.facts()]
    lines += [(name, *row) for name, *row in table[["Table", "Speaks for", "Licence", "Source"]].itertuples(index=True)]
    for number, line in enumerate(lines):
        for place, words in enumerate(line):
            sheet.write_string(number, place, words, heading if number in heads else None)


def _sheet(book: "Workbook", name: str, table: pd.DataFrame, bold: object) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), table.shape[1] - 1)
    for place, column in enumerate(table):
        values = table[column].to_numpy(dtype=object, na_value=None)
        widest = max((len(str(value)) for value in values[:200]), default=0)
        sheet.set_column(place, place, min(max(widest, len(column)) + 3, _MOST_WIDE))
        sheet.write_string(0, place, column, bold)
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                sheet.write_string(row, place, value)
            elif isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif value is not None:
                sheet.write_number(row, place, value)


def licences() -> str:
    """Return the licences with the tables they hold for, and the attribution."""
    held: dict[tuple[str, str], list[str]] = {}
    for name, item in provenance.tables().items():
        for licence in item.get("licenses", manifest.read()["licenses"]):
            held.setdefault((licence["title"], licence.get("path", "")), []).append(name)
    parts = [
        f"{title}\n{path}\n".replace("\n\n", "\n") + f"  {', '.join(names)}" for (title, path), names in held.items()
    ]
    return (
        "\n\n".join(
            [*parts, "Outlines in areas/ and in data/: Open Government Licence v3.0", manifest.read()["attribution"]]
        )
        + "\n"
    )


def readme() -> str:
    """Return what the archive holds, in words."""
    package = manifest.read()
    return README.format(
        version=package["version"], workbook=WORKBOOK, limits="\n".join(limits()), attribution=package["attribution"]
    )


@kept.once
def everything() -> bytes:
    """Return one archive with all tables, outlines, the workbook, the data package, notes and checksums."""
    files = {
        "README.txt": readme().encode(),
        "DATA-DICTIONARY.csv": tables.csv(provenance.dictionary()),
        "LICENCES.txt": licences().encode(),
        WORKBOOK: workbook(),
    }
    files |= {f"tables/{name}.csv": table_csv(name) for name in provenance.readable()}
    for layer in AREA_SETS:
        for detail in boundaries.DETAILS:
            for form in FORMATS:
                files[f"areas/{outlines_name(layer, detail, form)}"] = outlines(layer, detail, form)
    for path in sorted(paths.DATA.rglob("*")):
        if path.is_file():
            files[f"data/{path.relative_to(paths.DATA).as_posix()}"] = path.read_bytes()
    sums = "".join(f"{manifest.sha256(content)}  {name}\n" for name, content in files.items())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**files, "CHECKSUMS.sha256": sums.encode()}.items():
            packed.writestr(zipfile.ZipInfo(name, _DATE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def archive_name() -> str:
    """Return the file name of the archive, which names the version of the data."""
    return f"footprints-{manifest.read()['version'].partition('+')[2]}.zip"


def address(name: str) -> str:
    """Return where a file is to be fetched."""
    return f"/files/{name}"


def has(name: str) -> bool:
    """Tell whether there is a file of a name, without making it."""
    table = name.removesuffix(".csv") if name.endswith(".csv") else ""
    return name in {WORKBOOK, archive_name(), *STARTS, *_outlines()} or table in provenance.readable()


def file(name: str) -> tuple[bytes, str]:
    """Return content and media type of a file by its name; raises `LookupError` if there is none of that name."""
    stem, _, form = name.rpartition(".")
    if name == WORKBOOK:
        content = workbook()
    elif name == archive_name():
        content = everything()
    elif form == "csv" and stem in provenance.readable():
        content = table_csv(stem)
    elif name in STARTS:
        stem = stem.removeprefix("your-numbers-")
        content = examples.example() if stem == "example" else examples.template(stem)
    elif name in _outlines():
        content = outlines(*_outlines()[name])
    else:
        raise LookupError("There is no such file. The page on sources lists all of them: /sources")
    return content, MIME[form]


@kept.once
def _outlines() -> dict[str, tuple[str, str, str]]:
    """Return layer, detail and form of every file of outlines, by its name."""
    made = [(layer, detail, form) for layer in AREA_SETS for detail in boundaries.DETAILS for form in FORMATS]
    return {outlines_name(*one): one for one in made}


def layer_words(layer: str) -> str:
    """Return a set of areas in words: ``"STPs, 2017 (44)"``."""
    known = blocks.layer(layer)
    return f"{capital(known.many)}, {known.year} ({len(blocks.names(layer))})"
