"""Terms for the tests of the intake: people, sessions, and whole problems drawn by hypothesis."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from innpass.domain.intake.problem import ChildCare, Limits, Person, Problem, Slot

LIMITS = Limits(smallest=3, largest=5, noon=720, most_interpreters=2)


def slot(number: int = 1, *, hour: int = 9, day: int = 10, **values: Any) -> Slot:
    """A session of 90 minutes in August 2026 with all that it needs."""
    filled: dict[str, Any] = {
        "leader": f"l{number}",
        "leader_name": f"Leder {number}",
        "supervisor": f"s{number}",
        "supervisor_name": f"Veileder {number}",
        "place": f"Rom {number}",
    }
    return Slot(
        f"g{number}", f"Gruppe {number}", datetime(2026, 8, day, hour), **{**filled, **values}
    )


def person(number: int, language: str = "arabisk", **values: Any) -> Person:
    """Somebody whom nothing limits."""
    return Person(f"p{number}", f"Person {number}", language, **values)


def people(count: int, language: str = "arabisk", **values: Any) -> tuple[Person, ...]:
    """Some who are alike."""
    return tuple(person(number, language, **values) for number in range(1, count + 1))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small terms, with rooms, staff and interpreters that may be in each other's way."""
    slots = tuple(
        Slot(
            f"g{number}",
            f"Gruppe {number}",
            draw(
                st.none()
                | st.builds(
                    datetime,
                    st.just(2026),
                    st.just(8),
                    st.integers(10, 11),
                    st.sampled_from([9, 10, 13]),
                )
            ),
            minutes=draw(st.sampled_from([60, 90])),
            place=draw(st.sampled_from(["", "Rom A", "rom a", "Rom B"])),
            capacity=draw(st.none() | st.integers(0, 6)),
            leader=draw(st.sampled_from(["", "kari", "odd"])),
            supervisor=draw(st.sampled_from(["", "ingrid", "kari"])),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    )
    pins = st.sampled_from([None, None, None, *(one.key for one in slots)])
    kept = st.booleans()
    drawn = tuple(
        Person(
            f"p{number}",
            f"Person {number}",
            draw(st.sampled_from(["", "arabisk", "dari", "ukrainsk"])),
            needs_interpreter=draw(st.booleans()),
            child_care=draw(st.sampled_from(ChildCare)),
            level=draw(st.sampled_from(["", "1", "2"])),
            pinned=(pin := draw(pins)),
            is_kept=pin is not None and draw(kept),
        )
        for number in range(draw(st.integers(0, 9)))
    )
    return Problem(drawn, slots, LIMITS)
