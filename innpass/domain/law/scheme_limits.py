"""What Nav's schemes for employers may give, for whom and how long: numbers, dated, with source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.measures import MeasureKind, measure_limit

_LENGTHS = ("months", "longest_months", "weeks", "review_months")
# Where the length is set; what is given is set in the same chapter.
_SOURCES = {
    "work_training": "tiltaksforskriften § 3-5",
    "wage_subsidy": "tiltaksforskriften § 9-4",
    "permanent_wage_subsidy": "tiltaksforskriften kapittel 10",
    "mentor": "tiltaksforskriften § 5-4",
    "inclusion_grant": "tiltaksforskriften kapittel 11",
    "summer_job": "tiltaksforskriften kapittel 8",
}


@dataclass(frozen=True, slots=True)
class SchemeNumbers:
    """The numbers of one scheme, as the regulation stands on a day.

    Attributes:
        numbers: by name: ``months``, ``longest_months``, ``weeks``, ``review_months`` (lengths),
            ``percent_first``, ``percent_after``, ``reduced_percent_first``,
            ``reduced_percent_after`` (of the wage), ``first_months``, ``reduced_first_months``,
            ``cap`` (times the basic amount), ``younger_than`` (years), ``first_month``,
            ``last_month``. What is not set is not there.
        source: where it stands.
        first_day: since when these numbers are entered here.
        in_force_by: by which regulation.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    first_day: date | None = None
    in_force_by: str = ""


def scheme_numbers(scheme: str, *, on: date, law: Law = THE_LAW) -> SchemeNumbers:
    """Say what the regulation sets of a scheme.

    Args:
        scheme: ``work_training``, ``wage_subsidy``, ``permanent_wage_subsidy``, ``mentor``,
            ``inclusion_grant`` or ``summer_job``.
        on: the day asked about.

    Source:
        tiltaksforskriften kapittel 3, 5, 8, 9, 10 og 11.

    Reading:
        docs/law/nav-measures.md.

    Raises:
        KeyError: there is no such scheme.
        NoSuchParameter: the numbers of that day are not entered.

    Example:
        >>> told = scheme_numbers("wage_subsidy", on=date(2026, 6, 30))
        >>> told.numbers["percent_first"], told.numbers["first_months"]
        (40, 6)
    """
    source = _SOURCES[scheme]
    at = law.at(on)
    found: dict[str, int | None] = {}
    if scheme in set(MeasureKind):
        limit = measure_limit(MeasureKind(scheme), on=on, law=law)
        found = {name: getattr(limit, name) for name in _LENGTHS}
    percent = at.value("nav_subsidy_percent")
    months = at.value("nav_subsidy_first_months")
    found |= {
        "percent_first": percent.get(scheme),
        "percent_after": percent.get(f"{scheme}_after"),
        "reduced_percent_first": percent.get(f"{scheme}_reduced"),
        "reduced_percent_after": percent.get(f"{scheme}_reduced_after"),
        "first_months": months.get(scheme),
        "reduced_first_months": months.get(f"{scheme}_reduced"),
        "cap": at.value("nav_subsidy_cap").get(scheme),
        "younger_than": at.value("nav_measure_younger_than").get(scheme),
    }
    if scheme == MeasureKind.SUMMER_JOB:
        found |= at.value("nav_summer_months")
    dated = next(
        value for value in law.parameter("nav_subsidy_percent").values if value.holds_on(on)
    )
    return SchemeNumbers(
        numbers={name: number for name, number in found.items() if number is not None},
        source=source,
        first_day=dated.first_day,
        in_force_by=dated.in_force_by or "",
    )
