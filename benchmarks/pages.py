"""The lists that the law fills, and judging everybody by every topic of it.

Server time inside Django with one warm client, as ``overview`` measures, for the head of the
refugee department.
"""

from functools import partial

from benchmarks.databases import run
from benchmarks.measuring import counted_queries, line, percentile, timed
from benchmarks.people import TODAY

SIZES = (150, 10_000)
ROUNDS = 15
PAGES = ("deadlines:deadlines", "registering:duties", "regulations:register")


def measure(size: int) -> None:
    """Fill a database, judge everybody, ask for each page."""
    from django.test import Client
    from django.urls import reverse
    from django_scopes import scope

    from benchmarks.population import populate
    from innpass.casework.accounts.models import User
    from innpass.casework.programme.standings import judge_everyone

    municipality, _ = populate(size)
    with scope(municipality=municipality):
        judge = partial(judge_everyone, municipality=municipality, on=TODAY)
        line("judging everybody", timed(judge, repeats=1))
    client = Client()
    client.force_login(User.objects.get(username="kari"))
    for name in PAGES:
        ask = partial(client.get, reverse(name))
        assert ask().status_code == 200, name
        with counted_queries() as statements:
            ask()
        times = timed(ask, repeats=ROUNDS)
        print(
            f"  {name:28} p50 {percentile(times.wall, 0.5) * 1000:6.0f} / "
            f"p95 {percentile(times.wall, 0.95) * 1000:.0f} ms wall, "
            f"p50 {percentile(times.cpu, 0.5) * 1000:.0f} ms cpu, {len(statements)} queries"
        )


if __name__ == "__main__":
    run("benchmarks.pages", measure, sizes=SIZES)
