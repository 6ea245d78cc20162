"""The verdict of each week, from the sums of the grid: whole rows at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.assessment import Verdict
from innpass.domain.law.columns import Bools, Columns, Floats
from innpass.domain.law.grid import SHARES_PER_HOUR, Grid, running_sum
from innpass.domain.law.law import law_of
from innpass.domain.law.rules.work_oriented import TOPIC

VERDICTS = tuple(Verdict)
CODE = {verdict: code for code, verdict in enumerate(VERDICTS)}
OUTSIDE = -1
"""The code of a week outside the programme."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers of a grid, beside its sums.

    Args:
        verdict: (n_weeks, n) int8, places in ``VERDICTS``; ``OUTSIDE`` past the programme's end.
        average: (n_weeks, n) float64, mean of work-oriented hours a week over the counted weeks
            so far; NaN where none has counted, or a counted week has a row of unknown hours.
        counted: (n_weeks, n) int32, counted weeks so far; 0 for a person whose requirement is
            not known.
    """

    verdict: NDArray[np.int8]
    average: Floats
    counted: NDArray[np.int32]


def judge(columns: Columns, grid: Grid) -> Judged:
    """Judge each week by the mean of the counted weeks so far.

    Source:
        integreringsforskriften § 43h første ledd; integreringsloven § 14 a tredje ledd.

    Reading:
        docs/law/average.md; docs/law/unknown-facts.md.
    """
    candidates, persons = columns.candidates, columns.persons
    is_split = len(candidates.person) > len(columns)
    who = candidates.person
    work = grid.work[:, who] if is_split else grid.work
    on_leave = grid.on_leave[:, who] if is_split else grid.on_leave
    law = columns.law
    tolerance = np.array([float(law_of(law, text).value("tolerance")) for text in law.texts(TOPIC)])
    threshold = (candidates.minimum - tolerance[persons.text[who]]) * SHARES_PER_HOUR
    has_requirement = ~np.isnan(threshold)
    row = np.arange(len(work))[:, np.newaxis]

    begun = row >= candidates.counts_from - persons.first_week[who]
    leave = on_leave & begun
    counts = begun ^ leave
    counts &= has_requirement
    counted = running_sum(counts.astype(np.int32))
    summed = running_sum(work * counts)
    is_met = summed >= np.where(has_requirement, threshold, 0.0) * counted

    verdict = _flagged(begun ^ leave, Verdict.BELOW)
    verdict -= _times(is_met & (begun ^ leave), CODE[Verdict.BELOW] - CODE[Verdict.MET])
    verdict += _flagged(leave, Verdict.EXCLUDED)
    verdict += _flagged(~begun, Verdict.NOT_YET)
    if grid.is_partial is not None:
        partial = grid.is_partial[:, who] if is_split else grid.is_partial
        is_lower_bound = running_sum((partial & counts).astype(np.int32)) > 0
        verdict[is_lower_bound & (verdict == CODE[Verdict.BELOW])] = CODE[Verdict.UNKNOWN]
        summed[is_lower_bound] = np.nan
    verdict[:, ~has_requirement] = CODE[Verdict.NO_REQUIREMENT]
    if is_split:
        starts = np.searchsorted(who, np.arange(len(columns)))
        least = np.minimum.reduceat(verdict, starts, axis=1)
        most = np.maximum.reduceat(verdict, starts, axis=1)
        verdict = np.where(least == most, least, np.int8(CODE[Verdict.UNKNOWN]))
        is_single = np.bincount(who, minlength=len(columns)) == 1
        summed = summed[:, starts] * is_single
        counted = counted[:, starts] * is_single
    if len(grid.work) > persons.n_weeks.min(initial=len(grid.work)):
        verdict[row >= persons.n_weeks] = OUTSIDE
    with np.errstate(invalid="ignore"):
        average = summed / (counted * float(SHARES_PER_HOUR))
    return Judged(verdict, average, counted)


def _flagged(mask: Bools, verdict: Verdict) -> NDArray[np.int8]:
    return _times(mask, CODE[verdict])


def _times(mask: Bools, code: int) -> NDArray[np.int8]:
    """Give the code where the mask holds, else 0; several times faster than ``np.where``."""
    return mask.view(np.int8) * np.int8(code)
