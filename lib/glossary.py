"""Terms of the NHS and of this project, in our own words, with a place to read on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from geo import kept
from lib.content.blocks import Link
from lib.text import slug

_COMMITTEE = "Health and Social Care Committee, Integrated care: organisations, partnerships and systems, 2018"
_COMMITTEE_AT = "https://publications.parliament.uk/pa/cm201719/cmselect/cmhealth/650"
_SYSTEMS_PAGE = ("NHS England, Accountable care systems", "https://www.england.nhs.uk/accountable-care-systems/")
_FORWARD_VIEW = (
    "NHS England, Five Year Forward View, October 2014",
    "https://www.england.nhs.uk/wp-content/uploads/2014/10/5yfv-web.pdf",
)
_AREAS_PAGE = (
    "NHS England, Integrated care in your area",
    "https://www.england.nhs.uk/integratedcare/integrated-care-in-your-area/",
)
_VANGUARDS = "https://www.england.nhs.uk/ourwork/futurenhs/new-care-models"
_ACT_2022 = ("Health and Care Act 2022", "https://www.legislation.gov.uk/ukpga/2022/31/contents")
_STP_CHAPTER = (f"{_COMMITTEE}, chapter 4", f"{_COMMITTEE_AT}/65007.htm")
_ACO_CHAPTER = (f"{_COMMITTEE}, chapter 5", f"{_COMMITTEE_AT}/65008.htm")
_BRIEFING = ("NHS Providers, STPs and accountable care: background briefing, December 2017", "")


@dataclass(frozen=True)
class Term:
    """A term.

    Attributes
    ----------
    key, name : str
        Word in links; heading.
    short : str
        The meaning in one line, for hints.
    text : str
        The meaning in full. Plain words, not Markdown.
    sources : tuple of (str, str)
        Title and address; an empty address where the source is named but not linked.
    ours : bool
        Whether the definition is this project's own rather than a retelling of the sources.
    aliases : tuple of str
        Other words that lead here.
    """

    key: str
    name: str
    short: str
    text: str
    sources: tuple[tuple[str, str], ...] = ()
    ours: bool = False
    aliases: tuple[str, ...] = ()


TERMS = {
    term.key: term
    for term in (
        Term(
            "footprint",
            "Footprint",
            "The area that a plan or partnership covers.",
            "The area that a plan or a partnership covers. In early 2016 local NHS bodies and councils proposed 44 "
            "footprints for the sustainability and transformation plans; together they cover England without gaps. "
            "A footprint is drawn by whole clinical commissioning groups, not by councils, which is why the two can "
            "disagree.",
            (("NHS England, Footprint areas, March 2016", "https://www.england.nhs.uk/2016/03/footprint-areas/"),),
        ),
        Term(
            "stp",
            "STP: sustainability and transformation plan, then partnership",
            "First the plan of an area, from 2017 the partnership that carries it out.",
            "At first the plan that the planning guidance of December 2015 asked each of the 44 footprints to write: "
            "how its NHS and councils would meet demand and balance the books by 2020/21. From March 2017 the P stands "
            "for partnership: the bodies behind the plan, with a lead and a board. An STP is no legal body; the "
            "organisations in it keep their own duties.",
            (_STP_CHAPTER, _BRIEFING),
            aliases=("sustainability and transformation partnership", "sustainability and transformation plan"),
        ),
        Term(
            "rating",
            "Rating of July 2017",
            "NHS England's judgement of the progress of each STP, in four classes.",
            "On 21 July 2017 NHS England rated the progress of the 44 STPs: outstanding, advanced, making progress or "
            "needs most improvement. It is a baseline, made largely of hospital indicators. How many are in each class "
            "is known, but not of every area in which it is. On this site published means that a page of the time "
            "states the rating, inferred that it follows from money given in that month to areas judged sufficiently "
            "advanced, not established that no source was found.",
            (
                (
                    "Public Finance, July 2017",
                    "https://www.publicfinance.co.uk/news/2017/07/first-stp-rankings-present-mixed-picture",
                ),
            ),
            aliases=("ratings", "inferred", "not established", "not known which", "2/3", "evidence"),
        ),
        Term(
            "lead",
            "Lead of an STP",
            "The person who led an STP, most of them beside a post in a trust, CCG or council.",
            "The person who led the work of an STP; some papers say senior responsible officer (SRO). Most kept a post "
            "elsewhere, and the lead type says where: with an NHS trust (provider), with a CCG, with a council (local "
            "authority) or with none of them (independent).",
            (_BRIEFING,),
            aliases=("lead type", "sro", "senior responsible officer", "stp lead"),
        ),
        Term(
            "acs",
            "ACS: accountable care system",
            "An area whose NHS bodies, with councils, take joint responsibility for money and health.",
            "An STP, or a part of one, whose NHS bodies take joint responsibility for resources and for the health of "
            "the people who live there, in partnership with councils. In return they were promised more say over "
            "performance and money. The first eight were named on 15 June 2017. It is an agreement, not an "
            "organisation: no board loses its accountability. In 2018 the name became integrated care system.",
            (_SYSTEMS_PAGE, _STP_CHAPTER),
            aliases=("accountable care system",),
        ),
        Term(
            "aco",
            "ACO: accountable care organisation",
            "One organisation with one contract for most care of a population. None existed in 2017.",
            "A single organisation that holds one contract to provide, or to buy from others, most health and care "
            "services of a defined population. It differs from an accountable care system, which is a partnership of "
            "bodies that stay separate. NHS England published a draft contract in 2017; in mid-2018 the Health and "
            "Social Care Committee found that there was no ACO in the English NHS.",
            (_ACO_CHAPTER,),
            aliases=("accountable care organisation",),
        ),
        Term(
            "population-health",
            "Population health",
            "The health of everyone in an area and how evenly it is spread, beyond those who are patients.",
            "The health of all people of a defined area and how evenly it is spread among them, whether or not they "
            "see a doctor. Improving it takes in what lies outside the NHS: housing, work, education. It needs a "
            "known population, so it raises the question that this site is about: whose residents are inside the line?",
            (
                (
                    "NHS England, Population health management",
                    "https://www.england.nhs.uk/integratedcare/what-is-integrated-care/phm/",
                ),
            ),
        ),
        Term(
            "ccg",
            "CCG: clinical commissioning group",
            "The statutory body that bought most NHS care for an area from 2013 to 2022.",
            "The statutory body, with general practices as its members, that bought most hospital, mental health and "
            "community care for its area from April 2013 to June 2022. There were 207 in April 2017. Every STP of "
            "2017 is a set of whole CCGs. CCGs answered to NHS England, not to a council.",
            (
                (
                    "Health and Social Care Act 2012, section 10 and its notes",
                    "https://www.legislation.gov.uk/ukpga/2012/7/section/10",
                ),
            ),
            aliases=("clinical commissioning group",),
        ),
        Term(
            "trust",
            "NHS trust",
            "A public body that provides NHS care, such as hospitals; acute trusts run general hospitals.",
            "A public body that provides NHS care: acute trusts run general hospitals, others mental health, community "
            "or ambulance services. A foundation trust (FT) is one with more freedom from central direction and with "
            "members who elect governors. Trusts belong to the partnership of an STP, but people from elsewhere use "
            "them too: no line on a map says whom a trust serves.",
            (("National Health Service Act 2006, part 2", "https://www.legislation.gov.uk/ukpga/2006/41/part/2"),),
            aliases=("acute trust", "foundation trust", "provider"),
        ),
        Term(
            "council",
            "Council with social care duties",
            "A county, unitary authority, metropolitan district or London borough: 152 in 2017.",
            "The upper tier of local government: county councils, unitary authorities, metropolitan districts, London "
            "boroughs and the City of London, 152 in 2017. The law makes them responsible for adult social care. In a "
            "county the district councils below have no such duty. Here, council means the upper tier unless the text "
            "says district.",
            (
                (
                    "Care Act 2014, part 1",
                    "https://www.legislation.gov.uk/ukpga/2014/23/part/1",
                ),
            ),
            aliases=("upper tier", "upper-tier council"),
        ),
        Term(
            "system-control-total",
            "System control total",
            "One financial target for all NHS bodies of a system together.",
            "A control total is the surplus or the limit on the deficit that national bodies set an NHS trust or CCG "
            "for a year. A system control total is one such figure for all of them in an area: one may fall short if "
            "another makes up for it. It was among the freedoms, and the demands, of the accountable care systems.",
            (
                _BRIEFING,
                (
                    "HSJ, July 2017",
                    "https://www.hsj.co.uk/commissioning/exclusive-accountable-care-systems-will-make-pathway-for-"
                    "stps-to-follow/7020001.article",
                ),
            ),
            aliases=("control total",),
        ),
        Term(
            "coterminous",
            "Coterminous, coterminosity",
            "Two areas are coterminous if the same people live in both.",
            "Two areas are coterminous if they have the same boundary. We measure it by residents: two areas are the "
            "same if nobody lives in one but not in the other, or not more than a stated tolerance. When the "
            "government decided on boundaries in July 2021 it stated a strong presumption of coterminosity between "
            "health systems and councils.",
            (
                (
                    "Hansard, 22 July 2021",
                    "https://hansard.parliament.uk/commons/2021-07-22/debates/21072214000022/IntegratedCareSystems",
                ),
            ),
            ours=True,
            aliases=("coterminosity", "best partner", "main stp", "held against"),
        ),
        Term(
            "tolerance",
            "Tolerance",
            "How much of an area may lie elsewhere before it counts as split.",
            "Lines of councils and of the NHS may differ by a few streets. The tolerance says how much of an area may "
            "lie elsewhere, in per cent, before it counts. At 0% a single LSOA elsewhere makes a council split; at 5% "
            "a council with 95% of its residents in one STP counts as inside it. A part that is less than the "
            "tolerance of both areas is called a sliver.",
            (("Method and sources, on the page Coterminosity", ""),),
            ours=True,
            aliases=("sliver", "slivers", "small parts ignored", "ignore parts smaller than"),
        ),
        Term(
            "v-measure",
            "V-measure, homogeneity, completeness",
            "How well two kinds of area fit each other, from 0 to 1; 1 if they are the same.",
            "Three numbers from 0 to 1. For councils held against STPs, homogeneity is 1 if every council lies in one "
            "STP, completeness is 1 if every STP lies in one council, and the V-measure is the harmonic mean of the "
            "two. Several councils in one STP lower it even where no line crosses another. So it tells which of two "
            "maps fits better; alone it says little.",
            (("Rosenberg and Hirschberg, V-measure: a conditional entropy-based measure, 2007", ""),),
            aliases=("homogeneity", "completeness"),
        ),
        Term(
            "lsoa",
            "LSOA: lower layer super output area",
            "A small statistical area, drawn for 1,000 to 3,000 residents; England has 32,844.",
            "A small area for statistics, drawn for the census: between 1,000 and 3,000 residents and 400 to 1,200 "
            "households when it was made. England has 32,844 of the 2011 vintage. Every council, CCG and STP on this "
            "site is a set of whole LSOAs, so all shares are sums over them.",
            (
                (
                    "ONS, 2011 census geographies",
                    "https://www.ons.gov.uk/methodology/geography/ukgeographies/censusgeographies/2011censusgeographies",
                ),
            ),
            aliases=("lower layer super output area", "lower-layer-super-output-area"),
        ),
        Term(
            "codes",
            "ONS code, ODS code",
            "Official codes of an area: nine characters of the statistics office, or the shorter ones of the NHS.",
            "The Office for National Statistics (ONS) gives every area a code of nine characters, such as E54000015. "
            "The NHS has shorter ones, such as QK1, kept by the Organisation Data Service (ODS). Codes of STPs of "
            "2017 were used again for ICBs in 2022, so a code needs its year: the page Then and now tells which is "
            "meant.",
            (("NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019", ""),),
            aliases=("ons code", "ods code"),
        ),
        Term(
            "deprivation",
            "Deprivation score",
            "Index of Multiple Deprivation 2015, averaged over residents; higher is more deprived.",
            "The English indices of deprivation 2015 give every LSOA a score, the Index of Multiple Deprivation (IMD), "
            "from income, employment, education, health, crime, housing and living environment. The score of a larger "
            "area is the mean of its LSOAs, weighted by residents. Higher is more deprived; it has no unit, and twice "
            "the score is not twice the deprivation. The most deprived fifth are deciles 1 and 2 of the LSOAs.",
            (("Ministry of Housing, Communities and Local Government, English indices of deprivation 2015", ""),),
            aliases=("imd", "index of multiple deprivation"),
        ),
        Term(
            "vanguard",
            "Vanguard",
            "One of 50 places that tried out new models of care from 2015.",
            "One of 50 places chosen in 2015 to try out the models of care that the Five Year Forward View had "
            "sketched. There are five types, each explained below. The accountable care systems were to build on them. "
            "Some have accountable care organisation in their name; that is a name, none existed.",
            (_FORWARD_VIEW, _SYSTEMS_PAGE, _ACO_CHAPTER),
            aliases=("vanguards",),
        ),
        Term(
            "pioneer",
            "Integrated care pioneer",
            "One of 25 places chosen in 2013 and 2015 to join up health and social care.",
            "One of 25 places chosen to join up health and social care ahead of others: 14 in November 2013, 11 more "
            "in January 2015. Several became vanguards too, or parts of one.",
            (
                (
                    "HSJ on the first 14",
                    "https://www.hsj.co.uk/lamb-failing-integration-pioneers-could-lose-their-status/5064914.article",
                ),
                (
                    "Public Sector Executive on the other 11",
                    "https://www.publicsectorexecutive.com/Public-Sector-News/11-new-integrated-care-and-support-pioneers-announced",
                ),
            ),
            aliases=("pioneers", "integration pioneer"),
        ),
        Term(
            "mcp",
            "MCP: multispecialty community provider",
            "Vanguard type: care moves out of hospital, led by general practice.",
            "A type of vanguard. Groups of general practices join with nurses, community services, specialists and "
            "others to move care out of hospital into the community. 14 of the 50 vanguards, among them the Fylde "
            "coast. It can count as a form of accountable care organisation.",
            (
                _BRIEFING,
                ("NHS England, Multispecialty community provider vanguards", f"{_VANGUARDS}/community-sites/"),
                _FORWARD_VIEW,
            ),
            aliases=("multispecialty community provider",),
        ),
        Term(
            "pacs",
            "PACS: integrated primary and acute care system",
            "Vanguard type: hospital, general practice, community and mental health care in one system.",
            "A type of vanguard. Hospital, general practice, community and mental health services join up, often with "
            "the hospital in the lead. Nine of the 50 vanguards. It can count as a form of accountable care "
            "organisation.",
            (_BRIEFING, _FORWARD_VIEW, _ACO_CHAPTER),
            aliases=("primary and acute care system",),
        ),
        Term(
            "acute-care-collaboration",
            "Acute care collaboration",
            "Vanguard type: hospitals link up to stay clinically and financially viable.",
            "A type of vanguard. Hospitals link up, as a group, a franchise or a network for one specialty, so that "
            "each stays viable. 13 of the 50 vanguards, among them one of all Dorset's hospitals and one across South "
            "Yorkshire.",
            (
                (
                    "NHS England, Acute care collaboration vanguards",
                    f"{_VANGUARDS}/acute-care-collaboration/",
                ),
            ),
        ),
        Term(
            "care-homes",
            "Enhanced health in care homes",
            "Vanguard type: joined-up health care and rehabilitation for residents of care homes.",
            "A type of vanguard. The NHS, councils and care homes work together so that residents of care homes get "
            "better health care and rehabilitation and go to hospital less often. Six of the 50 vanguards.",
            (
                (
                    "NHS England, Enhanced health in care homes vanguards",
                    "https://www.england.nhs.uk/new-care-models/about/care-homes-sites/",
                ),
            ),
            aliases=("enhanced health in care homes",),
        ),
        Term(
            "urgent-and-emergency-care",
            "Urgent and emergency care vanguard",
            "Vanguard type: services of a region co-ordinate to take pressure off A&E.",
            "A type of vanguard. Ambulances, telephone advice, general practices out of hours and hospitals of a wider "
            "area co-ordinate, to take pressure off accident and emergency departments. Eight of the 50 vanguards.",
            (("NHS England, Urgent and emergency care vanguards", f"{_VANGUARDS}/uec/"),),
            aliases=("uec",),
        ),
        Term(
            "devolution",
            "Devolution agreement",
            "Local bodies get a say over powers or money that national bodies had.",
            "An agreement that gives local bodies a say over powers or money that the government or national bodies "
            "had. For health: Greater Manchester in 2015 and Surrey Heartlands in June 2017. The Secretary of State "
            "stays responsible for the health service, and the NHS bodies keep their duties.",
            (
                (
                    "Cities and Local Government Devolution Act 2016",
                    "https://www.legislation.gov.uk/ukpga/2016/1/contents",
                ),
            ),
            aliases=("devolution agreement", "devolution area"),
        ),
        Term(
            "ics",
            "ICS: integrated care system",
            "From 2018 the name of accountable care systems; since July 2022 in law.",
            "From 2018 the new name of the accountable care systems, and of what every STP was to become. Since July "
            "2022 it stands on law: a partnership of NHS bodies and councils in each of 42 areas.",
            (_AREAS_PAGE, _ACT_2022),
            aliases=("integrated care system",),
        ),
        Term(
            "icb",
            "ICB: integrated care board",
            "The statutory NHS body that took over from the CCGs on 1 July 2022; 42 of them.",
            "The statutory NHS body of an integrated care system. On 1 July 2022 42 of them took over from the CCGs. "
            "An ICB plans for the health needs of its population, holds the NHS budget and arranges services.",
            (_AREAS_PAGE, _ACT_2022),
            aliases=("integrated care board",),
        ),
        Term(
            "kendalls-tau",
            "Kendall's tau-b",
            "How closely two rankings agree: 1 the same, 0 no connection, −1 the reverse.",
            "A number for how closely two rankings of the same areas agree. Take every pair of areas: it counts for "
            "agreement if the one that is higher in the first ranking is higher in the second too, and against it if "
            "it is lower. 1 means full agreement, −1 full disagreement, 0 neither. The b stands for a correction for "
            "ties. With few groups of very unequal size, tau-b cannot come near 1.",
            (("Kendall, The treatment of ties in ranking problems, Biometrika, 1945", ""),),
            aliases=("tau-b", "kendall's tau", "rank correlation"),
        ),
        Term(
            "cramers-v",
            "Cramér's V",
            "How closely two kinds go together: 0 not at all, 1 as closely as can be.",
            "A number for how closely two ways to sort the same areas go together where neither has an order, such as "
            "lead type and rating: 0 if one says nothing of the other, 1 if one tells the other. It comes from how far "
            "the counts are from those that would be expected without any association. In small tables it is larger "
            "than 0 by chance alone, which its p-value allows for.",
            (("Cramér, Mathematical methods of statistics, 1946", ""),),
            aliases=("cramer's v", "v"),
        ),
        Term(
            "permutation-test",
            "Permutation test and p-value",
            "How often chance alone gives an association at least as strong as the one seen.",
            "If ratings had nothing to do with population, they might as well have been dealt out to the areas at "
            "random. The p-value is the share of all such deals in which the association is at least as strong as the "
            "one seen; it is exact if every deal is counted. Where an association has two sides, twice the "
            "share on the side seen is taken. A small one says that such chance is a poor "
            "explanation, not that the association is large or that one thing causes the other. A large one does not "
            "say that there is no association.",
            (("Fisher, The design of experiments, 1935", ""),),
            aliases=("p-value", "exact test"),
        ),
        Term(
            "confidence-interval",
            "Confidence interval",
            "The values of a number that the data leave open, at a stated confidence.",
            "The values of a number that are compatible with the data. A method that gives 95% intervals covers the "
            "true value in 95 of 100 samples. The 44 footprints are no sample: they were all there were. An interval "
            "for them treats them as if they were drawn from many that might have been, which is a way to say how "
            "much hangs on a few of them.",
            (("Neyman, Outline of a theory of statistical estimation, 1937", ""),),
            ours=True,
            aliases=("interval",),
        ),
        Term(
            "many-tests",
            "Correction for many tests",
            "Who asks many questions gets some answers by chance; a correction allows for it.",
            "Of 20 tests of things that have no connection, one on average passes at the usual level of 5% by chance. "
            "A correction asks more of each test the more tests there are. Holm's keeps the probability that any of "
            "them passes by chance alone at 5% at most, however the tests depend on each other.",
            (("Holm, A simple sequentially rejective multiple test procedure, 1979", ""),),
            ours=True,
            aliases=("holm", "multiple testing", "multiple comparisons"),
        ),
        Term(
            "ecological-fallacy",
            "Ecological fallacy",
            "To conclude from areas to what lies inside them.",
            "What holds between areas need not hold between the people, councils or hospitals inside them. That "
            "footprints with older residents were rated better, if they were, would not mean that older residents "
            "were served better.",
            (("Robinson, Ecological correlations and the behavior of individuals, 1950", ""),),
            ours=True,
        ),
    )
}
"""The terms by key, in the order of the page: what belongs together stands together."""


def resolve(query: str) -> str | None:
    """Return the key of the term that someone names; None if there is none."""
    known = {slug(word): key for key, term in TERMS.items() for word in (key, term.name.split(":")[0], *term.aliases)}
    return known.get(slug(query))


@kept.once
def link(key: str, words: str | None = None) -> Link:
    """Return a link to a term with its short meaning as a hint; by default its words are the term up to its colon."""
    term = TERMS[key]
    return Link(words or term.name.split(":")[0], f"/glossary?{urlencode({'term': key, 'kind': 'all'})}", term.short)


def explained(key: str, words: str | None = None) -> str:
    """Return a Markdown link to a term, with its short meaning as a hint.

    Parameters
    ----------
    key : str
        One of `TERMS`.
    words : str, optional
        What the reader sees, Markdown; by default the term up to its colon.
    """
    term = TERMS[key]
    # Relative, so that it holds where the app lives below another address.
    address = f"glossary?{urlencode({'term': key, 'kind': 'all'})}"
    hint = term.short.replace('"', "'")
    return f'[{words or term.name.split(":")[0]}]({address} "{hint}")'
