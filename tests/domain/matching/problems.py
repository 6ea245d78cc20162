"""Small problems in which every limit bites and every fact may be missing."""

from hypothesis import strategies as st

from innpass.domain.matching.problem import (
    Employer,
    Offer,
    Opening,
    Points,
    Problem,
    Rules,
    Seeker,
    Supervisor,
    Window,
)
from innpass.domain.matching.reasons import Level, Weekday

LOCALITIES = ("nord", "sentrum", "sør")
OCCUPATIONS = ("5321", "5329", "5311", "5120", "9412", "94", "9")
DEMANDS = ("politiattest", "førerkort", "vaksine")
TASKS = ("renhold", "løft")
AREAS = ("helse", "oppvekst")
EMPLOYERS = tuple(f"e{number}" for number in range(4))
OFFERS = tuple(f"o{number}" for number in range(5))
HOURS = (0, 420, 480, 600, 720, 780, 900, 960, 1440)
LEVELS = st.none() | st.sampled_from(Level)


def some(keys: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(keys), max_size=2)


days = st.sampled_from(list(Weekday)[:4])
hours = st.lists(st.sampled_from(HOURS), min_size=2, max_size=2, unique=True).map(sorted)
windows = st.builds(lambda day, hours: Window(day, hours[0], hours[1]), days, hours)
openings = st.builds(
    lambda day, hours, seats: Opening(day, hours[0], hours[1], seats),
    days,
    hours,
    st.integers(0, 3),
)


def seekers(number: int) -> st.SearchStrategy[Seeker]:
    return st.builds(
        Seeker,
        key=st.just(f"s{number}"),
        level=LEVELS,
        free=st.none() | st.lists(windows, max_size=6).map(tuple),
        home=st.none() | st.sampled_from((*LOCALITIES, "langt unna")),
        goal=st.none() | st.sampled_from(OCCUPATIONS),
        experience=some(OCCUPATIONS),
        wished_occupations=some(OCCUPATIONS),
        wished_areas=some(AREAS),
        wished_employers=some((*EMPLOYERS, "en annen")),
        refused_employers=st.just(frozenset()) | some(EMPLOYERS),
        refused_offers=st.just(frozenset()) | some(OFFERS),
        refused_localities=st.just(frozenset()) | some((*LOCALITIES, "et annet sted")),
        refused_tasks=st.just(frozenset()) | some(TASKS),
        demands_met=st.just(frozenset(DEMANDS)) | some(DEMANDS),
        demands_lacking=some(DEMANDS),
        minutes_wanted=st.sampled_from((0, 450, 900)),
        supervisor=st.sampled_from(("", "v1", "v2")),
    )


def offers(number: int) -> st.SearchStrategy[Offer]:
    return st.builds(
        Offer,
        key=st.just(f"o{number}"),
        name=st.just(f"Plass {number}"),
        employer=st.sampled_from(EMPLOYERS),
        seats=st.sampled_from((1, 1, 2, 3, 0)),
        openings=st.lists(openings, max_size=4, unique_by=lambda one: one.day).map(tuple),
        days=st.integers(1, 3),
        shortest_stay=st.sampled_from((60, 180)),
        level_at_start=LEVELS,
        can_be_learnt=st.sampled_from(((), ("kasse", "varemottak"))),
        demands=st.just(frozenset()) | some(DEMANDS),
        tasks=some(TASKS),
        locality=st.none() | st.sampled_from(LOCALITIES),
        occupation=st.none() | st.sampled_from(OCCUPATIONS),
    )


def employers(key: str) -> st.SearchStrategy[Employer]:
    def with_record(area: str, cap_left: int | None, running: int, record: list[int]) -> Employer:
        return Employer(key, key, area, cap_left, running, max(record), min(record))

    return st.builds(
        with_record,
        st.sampled_from(("", *AREAS)),
        st.none() | st.integers(0, 3),
        st.integers(0, 3),
        st.lists(st.integers(0, 12), min_size=2, max_size=2),
    )


@st.composite
def problems(draw: st.DrawFn, most_seekers: int = 5, most_offers: int = 5) -> Problem:
    """Draw a problem, now and then with pairs that are locked, for or against the limits."""
    people = tuple(draw(seekers(n)) for n in range(draw(st.integers(0, most_seekers))))
    places = tuple(draw(offers(n)) for n in range(draw(st.integers(0, most_offers))))
    ways = st.dictionaries(
        st.sampled_from(
            [("nord", "sentrum"), ("sør", "sentrum"), ("langt unna", "nord"), ("sentrum", "nord")]
        ),
        st.sampled_from((0, 10, 30, 60, 61, 40_000)),
    )
    return Problem(
        people,
        places,
        tuple(draw(employers(key)) for key in EMPLOYERS),
        tuple(Supervisor(key, draw(st.integers(0, 5))) for key in ("v1",)),
        draw(ways),
        draw(
            st.builds(
                Rules,
                unregistered_is_far=st.booleans(),
                points=st.builds(
                    Points, spread=st.sampled_from((0, 3, 20)), balance=st.sampled_from((0, 1, 20))
                ),
            )
        ),
        draw(_locked(people, places)),
    )


def _locked(
    people: tuple[Seeker, ...], places: tuple[Offer, ...]
) -> st.SearchStrategy[dict[str, str]]:
    if not people or not places:
        return st.just({})
    keys = st.sampled_from([one.key for one in people]), st.sampled_from([p.key for p in places])
    return st.just({}) | st.dictionaries(*keys, max_size=2)
