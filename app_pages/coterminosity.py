"""How councils, CCGs, STPs and other layers fit each other."""

import streamlit as st

from geo import blocks
from lib import (
    alternatives,
    catalogue,
    charts,
    fit,
    fit_panels,
    glossary,
    map_widgets,
    maps,
    panels,
    share,
    table_widgets,
    tables,
    themes,
    views,
    widgets,
)
from lib.text import capital

View = views.CoterminosityView
view, said = widgets.current_view(View)
measured = (view.a, view.b, view.weight, view.tolerance)
theme = fit.theme(*measured)
passing = [code for code, name in theme.keys.items() if not view.classes or name in view.classes]
shown = passing or list(theme.keys)

st.title("Coterminosity")
st.container(key="intro").markdown(
    "Councils answer to residents inside one line; the NHS plans inside another. "
    f"Choose two kinds of area to see how {glossary.explained('coterminous', 'coterminous')} they are, and where and "
    f"why they are not. Everything is counted in {glossary.explained('lsoa', 'LSOAs')}."
)
panels.notices(said)

with st.container(key="filters"):
    layers = {name: capital(blocks.layer(name).many) for name in fit.LAYERS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widgets.choose_one(view, "a", "Areas", layers, width=160, adopt=lambda v, chosen: v.between(chosen, v.b))
        widgets.choose_one(view, "b", "Held against", layers, width=160, adopt=lambda v, chosen: v.between(v.a, chosen))
        weights = {name: capital(words) for name, words in blocks.WEIGHTS.items()}
        widgets.choose_one(view, "weight", "Counted in", weights, width=250)
        widgets.choose_number(view, "tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=240)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = blocks.layer(view.a).one
        widgets.choose_one(view, "area", f"Open a {one}", theme.names, placeholder="Choose or type a name", width=380)
        labels = {category.key: category.label for category in theme.categories}
        labels |= {name: fit.class_label(name, view.b) for name in view.classes}
        widgets.choose_some(view, "classes", "Show classes", labels, "All classes", width=300)

st.header(fit.headline(*measured))
if view.classes and not passing:
    st.markdown("**No area is in the chosen classes**, so all are shown.")

left, right = st.columns([58, 42], gap="large")
with left:
    with st.container(key="map"):
        panels.legend(theme, shown)
        with st.container(key="map-frame"):
            map_widgets.clickable_map(
                "map-of-fit",
                draw=lambda marked: maps.national(theme, shown, view.b, marked),
                options=(*measured, tuple(shown)),
                selected=view.area,
                on_choice=lambda code: widgets.change(View, area=code),
                alt=themes.described(theme, shown),
                shared=True,
            )
    st.caption(
        f"Dark lines are the {blocks.layer(view.b).many}. A split area carries the share of it that lies outside its "
        f"best partner, the {blocks.layer(view.b).one} with the largest part of it. "
        f"{glossary.explained('tolerance')}: {view.tolerance:g}%."
    )
with right, st.container(key="area-panel"):
    if view.area:
        fit_panels.explanation(view.a, view.b, view.area, view.weight, view.tolerance)
        if view.a == "council17":
            widgets.link_to(views.CouncilView(view.area), "Whom this council has to deal with")
        elif view.a == "stp17":
            widgets.link_to(views.MapView(stp=view.area), "This STP on the map")
    else:
        st.markdown("Choose an area on the map, in the box or in the table to see what it is made of.")
        fit_panels.threshold_curve(view.a, view.b, view.weight, view.tolerance)
        fit_panels.scores(*measured)

share.share(view)

st.header(f"All {len(theme.keys)} {blocks.layer(view.a).many} as a table")
with st.container(key="table"):
    if view.area:
        st.caption(f"Chosen: {theme.names[view.area]}, beside the map.")
    table = fit.reading_table(*measured)
    table_widgets.selectable_table(
        table if len(shown) == len(table) else table[table.index.isin(shown)],
        key=f"table-{len(shown)}-{'-'.join(map(str, measured))}",
        file_name=f"coterminosity-{view.a}-{view.b}.csv",
        on_choice=lambda code: widgets.change(View, area=code),
        in_file_only=("Code", "Partner code"),
    )

places = catalogue.REGIONS | {code: stp.name for code, stp in catalogue.footprints().items()}
with st.container(key="grid-of" if view.within else "not-on-paper-grid-of"):
    st.header("One place as a grid")
    widgets.choose_one(view, "within", "STP or NHS region", places, placeholder="Choose a place", width=380)
if view.within:
    shares = fit.matrix(view.a, view.b, view.weight, view.within)
    many_a, many_b = blocks.layer(view.a).many, blocks.layer(view.b).many
    st.caption(f"Shares of the {many_a} (rows) that lie in the {many_b} (columns).")
    with st.container(key="grid"):
        panels.chart(
            charts.matrix(shares),
            key=f"matrix-{'-'.join(map(str, measured))}-{view.within}",
            width=charts.matrix_width(shares),
            alt=alternatives.grid(shares, view.a, view.b),
        )
    with st.expander("The grid as a table"):
        table_widgets.table_with_download(tables.matrix(shares, blocks.layer(view.a).one), "coterminosity-grid.csv")

if {view.a, view.b} == {"council17", "stp17"}:
    st.header("What the published list says")
    panels.partner_list_differences()

with st.container(key="evidence"), st.expander("Method and sources"):
    st.markdown(fit_panels.METHOD)
panels.footer()
