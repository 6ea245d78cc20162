"""From dated intervals in the database to stored verdicts, and on to the grid's rows."""

from benchmarks.databases import run
from benchmarks.measuring import counted_queries, line, timed
from benchmarks.people import TODAY

SIZES = (150, 10_000)
REPEATS = {150: 15, 10_000: 5}


def measure(size: int) -> None:
    """Time ``reassess`` with nothing stored and with nothing changed, then ``refresh_rows``."""
    from django.db import transaction
    from django_scopes import scope

    from benchmarks.population import populate
    from innpass.casework.overview.services import refresh_rows
    from innpass.casework.participants.models import Participant
    from innpass.casework.programme.models import Element, StatusSpan
    from innpass.casework.programme.services import reassess

    municipality, _ = populate(size, rows=False)
    repeats = REPEATS.get(size, 3)
    with scope(municipality=municipality):
        people = list(Participant.objects.values_list("pk", flat=True))
        weeks = Element.objects.count()

        def judge() -> None:
            with transaction.atomic():
                reassess(participants=people, municipality=municipality, on=TODAY)

        def judge_anew() -> None:
            with transaction.atomic():
                reassess(participants=people, municipality=municipality, on=TODAY)
                transaction.set_rollback(True)

        def rows() -> None:
            with transaction.atomic():
                refresh_rows(participants=people, municipality=municipality, on=TODAY)

        first = timed(judge_anew, repeats=repeats)
        judge()
        spans = StatusSpan.objects.count()
        print(f"  {weeks} intervals in, {spans} spans out")
        line("first time", first, f"{spans / first.median:8.0f} spans/s")
        again = timed(judge, repeats=repeats)
        line("again, nothing changed", again, f"{spans / again.median:8.0f} spans/s")
        refreshed = timed(rows, repeats=repeats)
        line("the grid's rows", refreshed, f"{size / refreshed.median:8.0f} rows/s")
        with counted_queries() as statements:
            judge()
            rows()
        print(f"  {len(statements)} statements for both")


if __name__ == "__main__":
    run("benchmarks.status", measure, sizes=SIZES)
