"""The verdict of each week, from the sums of the grid: whole rows at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.assessment import Verdict
from innpass.domain.law.columns import Columns, Floats
from innpass.domain.law.grid import SHARES_PER_HOUR, Grid
from innpass.domain.law.transition import law_of, texts

VERDICTS = tuple(Verdict)
CODE = {verdict: code for code, verdict in enumerate(VERDICTS)}
OUTSIDE = -1
"""The code of a week outside the programme."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers of a grid, beside its sums.

    Args:
        verdict: (n_weeks, n) int8, places in ``VERDICTS``; ``OUTSIDE`` past the programme's end.
        summed: (n_weeks, n) float64, work-oriented shares of the counted weeks so far;
            NaN once a counted week has a row of unknown hours.
        counted: (n_weeks, n) int32, counted weeks so far; 0 for a person whose requirement is
            not known.
    """

    verdict: NDArray[np.int8]
    summed: Floats
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
    tolerance = np.array([float(law_of(text).value("tolerance")) for text in texts()])
    threshold = (candidates.minimum - tolerance[persons.text[who]]) * SHARES_PER_HOUR
    has_requirement = ~np.isnan(threshold)
    row = np.arange(len(work))[:, np.newaxis]

    begun = row >= candidates.counts_from - persons.first_week[who]
    counts = begun & ~on_leave
    counts &= has_requirement
    counted = np.cumsum(counts, axis=0, dtype=np.int32)
    summed = np.cumsum(work * counts, axis=0)
    is_met = summed >= np.where(has_requirement, threshold, 0.0) * counted

    verdict = np.where(is_met, np.int8(CODE[Verdict.MET]), np.int8(CODE[Verdict.BELOW]))
    if grid.is_partial is not None:
        partial = grid.is_partial[:, who] if is_split else grid.is_partial
        is_lower_bound = np.cumsum(partial & counts, axis=0) > 0
        verdict[is_lower_bound & ~is_met] = CODE[Verdict.UNKNOWN]
        summed[is_lower_bound] = np.nan
    verdict[on_leave] = CODE[Verdict.EXCLUDED]
    verdict[~begun] = CODE[Verdict.NOT_YET]
    verdict[:, ~has_requirement] = CODE[Verdict.NO_REQUIREMENT]
    if is_split:
        starts = np.searchsorted(who, np.arange(len(columns)))
        least = np.minimum.reduceat(verdict, starts, axis=1)
        most = np.maximum.reduceat(verdict, starts, axis=1)
        verdict = np.where(least == most, least, np.int8(CODE[Verdict.UNKNOWN]))
        is_single = np.bincount(who, minlength=len(columns)) == 1
        summed = summed[:, starts] * is_single
        counted = counted[:, starts] * is_single
    verdict[row >= persons.n_weeks] = OUTSIDE
    return Judged(verdict, summed, counted)
