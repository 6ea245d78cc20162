"""Importing four workbooks: the preview (read, link, derive, compare) and the apply's transaction.

Beside it, pandas reading the same files into data frames and doing nothing with them.
"""

import io
import statistics
from typing import Any

from benchmarks.databases import run
from benchmarks.measuring import Times, counted_queries, line, timed

SIZES = (150, 920)  # 920 participants have about 10 000 rows in the four files
PREVIEWS = {150: 5, 920: 3}


def measure(size: int) -> None:
    """Preview several times, apply, preview next month's files on top of what is stored."""
    from django_scopes import scope

    from benchmarks.people import TODAY, invent, next_month
    from benchmarks.population import staffed_municipality
    from benchmarks.workbooks import rows_in, workbooks
    from innpass.casework.imports.services import HandedOver, receive_files
    from innpass.casework.organisations.queries import operator
    from innpass.casework.reconciliation import services

    people = invent(size)
    files = workbooks(people)
    municipality, _ = staffed_municipality()
    by = operator(municipality)

    def received(contents: dict[str, bytes]) -> Any:
        handed = [HandedOver(name, content) for name, content in contents.items()]
        return receive_files(files=handed, municipality=municipality, by=by, on=TODAY)

    with scope(municipality=municipality):
        batch = received(files)
        plan = services.plan_import(batch)
        rows = sum(len(read.rows) for read in plan.files)
        print(f"  {rows} rows read of {rows_in(people)}, {len(plan.changes)} people, "
              f"{len(plan.resolution.questions)} questions")  # fmt: skip
        previewed = timed(lambda: services.preview_import(batch=batch, by=by),
                          repeats=PREVIEWS.get(size, 3))  # fmt: skip
        line("preview", previewed, f"{rows / previewed.median:7.0f} rows/s")
        applied, statements = _apply(services, batch, by)
        line("apply, the transaction alone", applied, f"{statements} statements")
        batch = received(workbooks(next_month(people), seed=2))
        again = timed(lambda: services.preview_import(batch=batch, by=by), repeats=1)
        line("preview of next month's files", again)
        applied, statements = _apply(services, batch, by)
        line("apply of them, the transaction", applied, f"{statements} statements")
    _beside_pandas(files, previewed)


def _apply(services: Any, batch: Any, by: Any) -> tuple[Times, int]:
    """Apply, timing only what happens inside the transaction: the plan is made before it."""
    times = Times()
    plan = services.plan_import(batch)
    made = services.plan_import
    services.plan_import = lambda *_, **__: plan
    try:
        with counted_queries() as statements, times.one():
            services.apply_import(batch=batch, by=by)
    finally:
        services.plan_import = made
    return times, len(statements)


def _beside_pandas(files: dict[str, bytes], previewed: Times) -> None:
    try:
        import pandas as pd
    except ModuleNotFoundError:
        print("  (pandas is not installed: see README.md to compare with it)")
        return

    def read() -> None:
        for content in files.values():
            pd.read_excel(io.BytesIO(content), sheet_name=None, engine="calamine", dtype=object)

    read()
    alone = timed(read, repeats=3)
    ratio = statistics.median(previewed.cpu) / statistics.median(alone.cpu)
    line("pandas, reading alone", alone, f"the preview takes {ratio:.1f} times its cpu")


if __name__ == "__main__":
    run("benchmarks.imports", measure, sizes=SIZES)
