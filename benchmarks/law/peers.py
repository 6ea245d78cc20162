"""The same question asked of pandas and of openfisca-core, each in its own idiom."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.model_api import Variable
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.law.rows import START, Requirements, WeekRows
from innpass.domain.law.columns import ACTIVITIES

NO_REQUIREMENT, NOT_YET, MET, BELOW = 0, 1, 3, 4
TOLERANCE = 1e-9
ETERNITY = Period((DateUnit.ETERNITY, Instant((1, 1, 1)), float("inf")))


def with_pandas(
    rows: WeekRows, required: Requirements, weeks: int, counts: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Group by week and person, then cumulate over weeks: verdicts and means, (weeks, n)."""
    n = len(required.minimum)
    frame = pd.DataFrame(
        {"week": rows.week, "person": rows.person, "hours": rows.hours.astype(np.float64)}
    )
    frame["work"] = frame["hours"].where(counts[rows.activity], 0.0)
    sums = frame.groupby(["week", "person"], sort=True)[["work", "hours"]].sum()
    index = pd.MultiIndex.from_product([range(weeks), range(n)], names=["week", "person"])
    sums = sums.reindex(index, fill_value=0.0).reset_index()
    first = pd.Series(required.first_counted_week)
    minimum = pd.Series(required.minimum)
    begun = sums["week"] >= sums["person"].map(first)
    needed = sums["person"].map(minimum)
    counted = (begun & needed.notna()).astype(np.int64)
    by_person = sums["person"]
    summed = (sums["work"] * counted).groupby(by_person).cumsum()
    number = counted.groupby(by_person).cumsum()
    mean = summed / number.where(number > 0)
    verdict = pd.Series(np.where(mean >= needed - TOLERANCE, MET, BELOW), dtype=np.int8)
    verdict = verdict.mask(~begun, NOT_YET).mask(needed.isna(), NO_REQUIREMENT)
    return verdict.to_numpy().reshape(weeks, n), mean.to_numpy().reshape(weeks, n)


PERSON = build_entity(
    key="person", plural="persons", label="participant", roles=None, is_person=True
)


def _before(period: Period) -> Period:
    return Period((period.unit, period.start.offset(-7, "day"), 1))


def _input(name: str) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {"value_type": float, "entity": PERSON, "definition_period": DateUnit.WEEK, "label": name},
    )


class minimum(Variable):  # noqa: N801
    """Least mean of hours a week; NaN without a requirement."""

    value_type, entity, definition_period = float, PERSON, DateUnit.ETERNITY


class first_counted_week(Variable):  # noqa: N801
    """Number of the first week that counts."""

    value_type, entity, definition_period = int, PERSON, DateUnit.ETERNITY


def system(counts: NDArray[np.bool_]) -> TaxBenefitSystem:
    """Build the rules as variables of a week; the cumulated ones ask for the week before."""
    names = [f"hours_{activity}" for activity in ACTIVITIES]
    counted_names = [name for name, flag in zip(names, counts, strict=True) if flag]
    first_monday = START.toordinal()

    class work_hours(Variable):  # noqa: N801
        value_type, entity, definition_period = float, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            return sum(person(name, period) for name in counted_names)

    class total_hours(Variable):  # noqa: N801
        value_type, entity, definition_period = float, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            return sum(person(name, period) for name in names)

    class is_counted(Variable):  # noqa: N801
        value_type, entity, definition_period = bool, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            week = (period.start.date.toordinal() - first_monday) // 7
            has_requirement = ~np.isnan(person("minimum", period))
            return has_requirement & (person("first_counted_week", period) <= week)

    class summed(Variable):  # noqa: N801
        value_type, entity, definition_period = float, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            now = person("work_hours", period) * person("is_counted", period)
            if period.start.date <= START:
                return now
            return person("summed", _before(period)) + now

    class counted(Variable):  # noqa: N801
        value_type, entity, definition_period = int, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            now = person("is_counted", period)
            if period.start.date <= START:
                return now
            return person("counted", _before(period)) + now

    class mean(Variable):  # noqa: N801
        value_type, entity, definition_period = float, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            number = person("counted", period)
            with np.errstate(invalid="ignore"):
                return person("summed", period) / np.where(number > 0, number, np.nan)

    class verdict(Variable):  # noqa: N801
        value_type, entity, definition_period = int, PERSON, DateUnit.WEEK

        def formula(person, period):  # noqa: N805
            needed = person("minimum", period)
            is_met = person("mean", period) >= needed - TOLERANCE
            is_begun = person("is_counted", period)
            judged = np.where(is_begun, np.where(is_met, MET, BELOW), NOT_YET)
            return np.where(np.isnan(needed), NO_REQUIREMENT, judged)

    built = TaxBenefitSystem([PERSON])
    own = (minimum, first_counted_week, work_hours, total_hours, is_counted, summed, counted)
    for variable in (*own, mean, verdict, *(_input(name) for name in names)):
        built.add_variable(variable)
    return built


def with_openfisca(
    rows: WeekRows, required: Requirements, weeks: int, rules: TaxBenefitSystem
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Pivot each week's rows into one array per activity, then calculate week by week."""
    n, kinds = len(required.minimum), len(ACTIVITIES)
    simulation = SimulationBuilder().build_default_simulation(rules, count=n)
    simulation.set_input("minimum", ETERNITY, required.minimum)
    simulation.set_input("first_counted_week", ETERNITY, required.first_counted_week)
    ends = np.searchsorted(rows.week, np.arange(weeks + 1, dtype=rows.week.dtype))
    verdicts, means = np.empty((weeks, n), np.int8), np.empty((weeks, n))
    for week in range(weeks):
        part = slice(ends[week], ends[week + 1])
        keys = rows.activity[part].astype(np.int64) * n + rows.person[part]
        pivot = np.bincount(keys, weights=rows.hours[part], minlength=kinds * n).reshape(kinds, n)
        monday: date = START + timedelta(days=7 * week)
        period = Period((DateUnit.WEEK, Instant((monday.year, monday.month, monday.day)), 1))
        for place, activity in enumerate(ACTIVITIES):
            simulation.set_input(f"hours_{activity}", period, pivot[place])
        simulation.calculate("total_hours", period)
        verdicts[week] = simulation.calculate("verdict", period)
        means[week] = simulation.calculate("mean", period)
    return verdicts, means
