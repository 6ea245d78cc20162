"""The overview page: server time inside Django with one warm client, and its queries.

Beside it, the same list as a plain Django ``ListView`` with the same number of columns: no eyes,
no counters, no filters to choose from, no sign-in.
"""

from collections import defaultdict
from typing import Any

from benchmarks.databases import run
from benchmarks.measuring import Times, counted_queries, percentile, timed

SIZES = (150, 10_000, 100_000)
ROUNDS = 5
DEEP = 40  # per cent of the way through the list

ADDRESSES = {
    "default": "",
    "below": "?utvalg=under-kravet",
    "overdue": "?utvalg=over-fristen",
    "visits": "?utvalg=besok",
    "placement ends": "?utvalg=praksis-slutter",
    "ending": "?utvalg=program-slutter",
    "no placement": "?utvalg=uten-praksis",
    "all": "?vis=alle",
    "ended": "?vis=avsluttet",
    "status": "?status=met",
    "adviser": "?programradgiver={adviser}",
    "two filters": "?steg=3&praksisveileder={supervisor}",
    "class": "?klasse=A2601",
    "by name": "?sorter=navn",
    "by hours": "?sorter=-timer",
    "by contact": "?sorter=kontakt",
    "by placement": "?vis=alle&sorter=praksis",
    "page 2": "?side=2",
    "deep page": "?vis=alle&side={deep}",
    "deep, by name": "?vis=alle&sorter=navn&side={deep}",
}
SEARCHES = ("shev", "olena kov", "aleksander", "Enhet 12", "3141", "ol", "xyzzy")


def measure(size: int) -> None:
    """Fill a database, ask for many addresses, print percentiles and the slowest."""
    from django.test import Client

    from benchmarks.population import populate

    populate(size)
    client = Client()
    client.force_login(_adviser())
    pages = {name: _page(client, address, size) for name, address in ADDRESSES.items()}
    pages |= {f"search {words}": _search(client, words) for words in SEARCHES}
    asked: dict[str, Times] = defaultdict(Times)
    queries = {}
    for name, page in pages.items():  # warm
        page()
        with counted_queries() as statements:
            page()
        queries[name] = len(statements)
    for _ in range(ROUNDS):
        for name, page in pages.items():
            with asked[name].one():
                page()
    part = _page(client, "?sorter=navn", size, HTTP_HX_REQUEST="true")
    part()
    _report(asked, queries, timed(part, repeats=15), timed(_plain_list(), repeats=15))


def _report(asked: dict[str, Times], queries: dict[str, int], part: Times, plain: Times) -> None:
    wall = [seconds for times in asked.values() for seconds in times.wall]
    cpu = [seconds for times in asked.values() for seconds in times.cpu]
    for name, values in (("wall", wall), ("cpu", cpu)):
        print(
            f"  {len(values)} requests, {name:4}: p50 {percentile(values, 0.5) * 1000:7.1f} ms, "
            f"p95 {percentile(values, 0.95) * 1000:7.1f} ms, max {max(values) * 1000:7.1f} ms"
        )
    print(f"  queries: {min(queries.values())} to {max(queries.values())}")
    slowest = sorted(asked, key=lambda name: -asked[name].median)
    told = (f"{name} {asked[name].median * 1000:.0f}" for name in (*slowest[:6], slowest[-1]))
    print(f"  slowest to fastest, median ms: {', '.join(told)}")
    whole = asked["by name"].median
    print(f"  by name: whole {whole * 1000:.1f} ms, HTMX part {part.median * 1000:.1f} ms")
    print(
        f"  a plain ListView by name: {plain.median * 1000:.1f} ms; "
        f"ours takes {whole / plain.median:.2f} times as long",
        flush=True,
    )


def _adviser() -> Any:
    from innpass.casework.accounts.models import User

    return User.objects.get(username="kari")


def _page(client: Any, address: str, size: int, **headers: str) -> Any:
    from django.urls import reverse

    from innpass.casework.organisations.models import Municipality
    from innpass.web.overview.addresses import token_of

    municipality = Municipality.objects.get().pk
    where = reverse("overview:overview") + address.format(
        deep=max(1, size * DEEP // 5000),
        adviser=token_of("Rådgiver Vik", municipality=municipality),
        supervisor=token_of("Veileder Tveit", municipality=municipality),
    )

    def ask() -> None:
        answer = client.get(where, **headers)
        assert answer.status_code == 200, where

    return ask


def _search(client: Any, words: str) -> Any:
    """Return a request for the list as found; the search itself is posted before the clock."""
    from django.test import Client
    from django.urls import reverse

    searching = Client()
    searching.force_login(_adviser())
    searching.post(reverse("overview:search"), {"search": words})
    return _page(searching, "", 1)


def _plain_list() -> Any:
    from django.template import Context, Engine
    from django.views.generic import ListView
    from django_scopes import scopes_disabled

    from innpass.casework.overview.models import OverviewRow

    columns = [f.attname for f in OverviewRow._meta.concrete_fields][4:34]
    cells = "".join(f"<td>{{{{ row.{column} }}}}</td>" for column in columns)
    template = Engine().from_string(
        f"<table>{{% for row in page_obj %}}<tr>{cells}</tr>{{% endfor %}}</table>"
        "{{ page_obj.number }} / {{ paginator.num_pages }}"
    )

    class Plain(ListView):
        model = OverviewRow
        paginate_by = 50

        def get_queryset(self) -> Any:
            with scopes_disabled():
                return OverviewRow.objects.filter(is_active=True).order_by("name", "pk")

    from django.test import RequestFactory

    def ask() -> None:
        view = Plain()
        view.setup(RequestFactory().get("/"))
        view.object_list = view.get_queryset()
        assert len(template.render(Context(view.get_context_data()))) > 1000

    ask()
    return ask


if __name__ == "__main__":
    run("benchmarks.overview", measure, sizes=SIZES)
