"""What areas are called besides their names: short forms and everyday names, by code of 2017.

Forms that the areas used of themselves or that were current in 2016 to 2022.
Those that also stand for something else, such as C&W (Coventry and
Warwickshire, Chelsea and Westminster), are left out.
"""

STP_SHORT_FORMS = {
    "NTWND": "E54000046",
    "WNE Cumbria": "E54000047",
    "DDTHRW": "E54000045",
    "L&SC": "E54000048",
    "LSC": "E54000048",
    "WY&H": "E54000005",
    "WYH": "E54000005",
    "HCV": "E54000006",
    "HC&V": "E54000006",
    "GM": "E54000007",
    "C&M": "E54000008",
    "SYB": "E54000009",
    "SY&B": "E54000009",
    "SSOT": "E54000010",
    "STW": "E54000011",
    "JUCD": "E54000012",
    "LLR": "E54000015",
    "BSOL": "E54000017",
    "H&W": "E54000019",
    "C&P": "E54000021",
    "N&W": "E54000022",
    "SNEE": "E54000023",
    "BLMK": "E54000024",
    "HWE": "E54000025",
    "MSE": "E54000026",
    "NWL": "E54000027",
    "NCL": "E54000028",
    "NEL": "E54000029",
    "ELHCP": "E54000029",
    "SEL": "E54000030",
    "OHSEL": "E54000030",
    "SWL": "E54000031",
    "K&M": "E54000032",
    "CIOS": "E54000036",
    "BNSSG": "E54000039",
    "BSW": "E54000040",
    "HIOW": "E54000042",
    "BOB": "E54000044",
}
ICB_SHORT_FORMS = {"NENC": "E54000050", "HNY": "E54000051"}
COUNCIL_SHORT_FORMS = {"B&NES": "E06000022", "BANES": "E06000022", "RBKC": "E09000020", "CWaC": "E06000050"}

STP_NAMES = {
    "E54000046": ("Northumberland, Tyne and Wear", "Northumberland Tyne & Wear, North Durham"),
    "E54000047": ("North Cumbria",),
    "E54000045": ("Durham, Darlington, Tees, Hambleton, Richmondshire and Whitby",),
    "E54000019": ("Hereford and Worcester",),
    "E54000030": ("Our Healthier South East London",),
    "E54000034": ("Frimley",),
    "E54000037": ("Wider Devon",),
    "E54000044": ("BOB",),
}
COUNCIL_NAMES = {
    "E06000010": ("Hull",),
    "E06000014": ("City of York",),
    "E06000047": ("Durham",),
    "E08000021": ("Newcastle", "Newcastle City Council"),
    "E09000001": ("Corporation of London",),
}
