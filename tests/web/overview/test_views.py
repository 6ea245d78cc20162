"""Choosing columns and saving views: what each viewer gets, and that nothing else is touched."""

import json
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.overview.columns import IN_ORDER, readable_columns
from innpass.casework.overview.counter_columns import COUNTER_COLUMNS
from innpass.casework.overview.models import OverviewRow, SavedView
from innpass.casework.overview.saved_views import views_of
from innpass.exchange.workbooks.reading import read_workbook
from innpass.web.design.tokens import token_of
from innpass.web.overview.pasting import fields_in_order
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LEA, LIV, ODD, RAGNHILD, SIRI, Town

LIST = reverse("overview:overview")
COLUMNS = reverse("overview:columns")
VIEWS = reverse("overview:views")
NEW = reverse("overview:new_view")


def parsed(answer: Any) -> Any:
    assert answer.status_code in (200, 422), answer.status_code
    return lxml.html.fromstring(answer.content)


def headings(browser: Client, query: str = "") -> list[str]:
    """The columns of the list after the name."""
    found = parsed(browser.get(LIST + query)).xpath("//thead//th/@data-column")
    assert found[0] == "name"
    return list(found[1:])


def arranged(answer: Any) -> list[str]:
    return list(parsed(answer).xpath("//input[@name='column']/@value"))


def choose(browser: Client, *keys: str, query: str = "", **more: Any) -> Any:
    return browser.post(COLUMNS + query, {"column": list(keys), "shown": list(keys), **more})


def save(browser: Client, name: str, query: str = "", **more: Any) -> SavedView:
    answer = browser.post(NEW + query, {"name": name, **more})
    assert answer.status_code == 302, answer.content
    return SavedView.objects.get(name=name)


def hrefs(browser: Client, query: str = "") -> dict[str, str]:
    """The saved views above the list, by name."""
    links = parsed(browser.get(LIST + query)).xpath("//nav[@class='views']//li/a")
    return {link.text_content().strip().removeprefix("Delt: "): link.get("href") for link in links}


# --- Columns ------------------------------------------------------------------------------------


def test_columns_stand_as_chosen_for_the_user_alone(town: Town) -> None:
    kari, ragnhild = town.browser(KARI), town.browser(RAGNHILD)
    before = headings(ragnhild)
    OverviewRow.objects.update(visit_due=TODAY)

    answer = choose(kari, "teacher", "step", "socio")

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert headings(kari) == ["teacher", "step", "socio"]
    assert headings(kari, "?utvalg=besok") == ["teacher", "step", "socio"]
    assert headings(ragnhild) == before == list(IN_ORDER)


def test_cells_stand_under_their_headings(town: Town) -> None:
    kari = town.browser(KARI)
    OverviewRow.objects.update(teacher="Lea Lærer", socio="S-1", adviser="Ada Råd")
    choose(kari, "socio", "adviser", "teacher")

    row = parsed(kari.get(LIST)).xpath("//tbody/tr")[0]

    assert [cell.text_content().strip() for cell in row.xpath("./td[not(@class='pick')]")] == [
        "S-1",
        "Ada Råd",
        "Lea Lærer",
    ]


@pytest.mark.parametrize("counter", ["under-kravet", "besok", "praksis-slutter", "uten-praksis"])
def test_columns_follow_the_counter(town: Town, counter: str) -> None:
    words = {
        "under-kravet": "below",
        "besok": "visits",
        "praksis-slutter": "placement_ends",
        "uten-praksis": "without_placement",
    }
    browser = town.browser(KARI)
    OverviewRow.objects.update(verdict="below", visit_due="2026-07-01", is_active=True)
    OverviewRow.objects.update(placement_last_day="2026-07-05", placement_kind="", end_goal="work")
    assert headings(browser, f"?utvalg={counter}") == list(COUNTER_COLUMNS[words[counter]])
    assert headings(browser) == list(IN_ORDER)


def test_giving_the_choice_up_lets_columns_follow_the_counter_again(town: Town) -> None:
    browser = town.browser(KARI)
    choose(browser, "socio")
    assert "La kolonnene følge utvalget" in browser.get(COLUMNS).content.decode()

    answer = choose(browser, "socio", reset="1")

    assert answer.status_code == 302
    assert headings(browser) == list(IN_ORDER)
    assert "La kolonnene følge utvalget" not in browser.get(COLUMNS).content.decode()


def test_only_what_may_be_read_is_offered_and_kept(town: Town) -> None:
    browser = town.browser(LIV)
    may = readable_columns(town.actor(LIV))
    assert not may.issuperset(IN_ORDER)
    assert set(arranged(browser.get(COLUMNS))) == may & set(IN_ORDER)

    choose(browser, *IN_ORDER)

    assert headings(browser) == [key for key in IN_ORDER if key in may]
    assert set(views_of(town.actor(LIV)).columns) <= may


@pytest.mark.parametrize(
    ("way", "key", "order"),
    [
        ("up", "teacher", ["teacher", "step", "socio"]),
        ("down", "step", ["teacher", "step", "socio"]),
        ("down", "teacher", ["step", "socio", "teacher"]),
        ("up", "step", ["step", "teacher", "socio"]),
        ("up", "unheard_of", None),
    ],
)
def test_a_column_is_moved_without_a_script_and_nothing_is_saved(
    town: Town, way: str, key: str, order: list[str] | None
) -> None:
    browser = town.browser(KARI)
    data = {"column": ["step", "teacher", "socio"], "shown": ["step", "socio"], way: key}

    answer = browser.post(COLUMNS, data)

    if order is None:
        assert answer.status_code == 302
        return
    assert arranged(answer)[:3] == order
    page = parsed(answer)
    assert page.xpath("//input[@name='shown'][@checked]/@value") == [
        each for each in order if each != "teacher"
    ]
    assert [b.get("value") for b in page.xpath("//button[@autofocus]")] == [key]
    assert f"er nå nummer {order.index(key) + 1} av" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_choosing_nothing_gets_a_sentence_and_keeps_what_was_chosen(town: Town) -> None:
    browser = town.browser(KARI)
    choose(browser, "socio")
    answer = browser.post(COLUMNS, {"column": ["step", "socio"]})
    assert answer.status_code == 422
    assert "Velg minst én kolonne" in answer.content.decode()
    assert arranged(answer)[:2] == ["step", "socio"]
    assert headings(browser) == ["socio"]


def test_the_export_follows_the_columns_and_names_the_view(town: Town) -> None:
    browser = town.browser(KARI)
    view = save(browser, "Lærere", "?vis=alle")
    choose(browser, "teacher", "step", query=f"?vis=alle&visning={view.pk}")

    answer = browser.get(reverse("overview:export") + f"?vis=alle&visning={view.pk}")

    people, about = read_workbook(answer.content, file="a.xlsx").sheets
    (heading,) = (row for row in people.rows if "Navn" in row)
    assert list(heading) == ["Navn", "Fødselsår", "Opprinnelsesland", "Lærer", "Steg"]
    assert ["Visning", "Lærere"] in [list(row[:2]) for row in about.rows]


def test_the_export_holds_everything_where_nothing_was_chosen(town: Town) -> None:
    answer = town.browser(KARI).get(reverse("overview:export"))
    people = read_workbook(answer.content, file="a.xlsx").sheets[0]
    assert "Infomøte" in next(row for row in people.rows if "Navn" in row)


# --- Views --------------------------------------------------------------------------------------


def test_a_view_is_saved_and_opened_again(town: Town) -> None:
    browser = town.browser(KARI)
    choose(browser, "teacher", "step")
    browser.post(reverse("overview:search"), {"search": "amina"})
    token = token_of("Kari Lunde", municipality=town.municipality.pk)
    query = f"?programradgiver={token}&utvalg=besok&sorter=-kontakt"

    asked = browser.get(NEW + query).content.decode()
    view = save(browser, "Besøk i august", query)

    assert "Søket «amina» er ikke med" in asked
    assert (view.counter, view.sort, view.is_descending) == ("visits", "last_contact", True)
    assert view.columns == ["teacher", "step"]
    assert view.body == ""
    href = hrefs(browser)["Besøk i august"]
    for part in ("utvalg=besok", "sorter=-kontakt", f"visning={view.pk}"):
        assert part in href
    for personal in ("amina", "Kari", "august"):
        assert personal.casefold() not in href.casefold()
    assert (
        'aria-current="true"'
        in lxml.html.tostring(
            parsed(browser.get(href)).xpath("//nav[@class='views']//a[@aria-current]")[0]
        ).decode()
    )


def test_the_columns_of_a_view_are_its_own(town: Town) -> None:
    browser = town.browser(KARI)
    choose(browser, "teacher", "step")
    view = save(browser, "Lærere")
    choose(browser, "socio", query=f"?visning={view.pk}")
    assert headings(browser, f"?visning={view.pk}") == ["socio"]
    assert headings(browser) == ["teacher", "step"]


def test_a_changed_list_can_be_saved_in_the_view_or_left(town: Town) -> None:
    browser = town.browser(KARI)
    view = save(browser, "Alle", "?vis=alle")
    query = f"?vis=alle&sorter=navn&visning={view.pk}"
    page = parsed(browser.get(LIST + query))
    (back,) = page.xpath("//div[@class='view-changed']//a/@href")
    (update,) = page.xpath("//div[@class='view-changed']//form/@action")
    assert "sorter" not in back

    answer = browser.post(update)

    view.refresh_from_db()
    assert (view.group, view.sort) == ("all", "name")
    assert answer.status_code == 302
    assert not parsed(browser.get(answer["Location"])).xpath("//div[@class='view-changed']")


def test_a_change_of_filter_stays_in_the_view_and_taking_all_away_leaves_it(town: Town) -> None:
    browser = town.browser(KARI)
    view = save(browser, "Besøk", "?utvalg=besok")
    page = parsed(browser.get(f"{LIST}?utvalg=besok&visning={view.pk}"))
    kept = {e.get("name"): e.get("value") for e in page.xpath("//form[@class='filters']/input")}
    assert kept == {"utvalg": "besok", "visning": str(view.pk)}
    away = page.xpath("//ul[@class='chips']/li[last()]//input[@name='next']/@value")
    assert away == [LIST]


def test_a_shared_view_shows_each_viewer_what_that_viewer_may_read(town: Town) -> None:
    """Ada administers in the same body as Kari, and reads next to nothing."""
    kari, ada = town.browser(KARI), town.browser(ADA)
    choose(kari, *IN_ORDER)
    view = save(kari, "Våre", "?status=below&utvalg=besok&sorter=-kontakt", shared="1")
    assert view.body == "refugee"
    may = readable_columns(town.actor(ADA))
    assert "status" not in may

    href = hrefs(ada)["Våre"]

    assert "status" not in href
    assert "utvalg" not in href
    query = href.partition("?")[2]
    assert set(headings(ada, f"?{query}")) == may & set(IN_ORDER)
    said = ada.get(VIEWS).content.decode()
    assert "Under kravet" not in said
    assert "Kari Lunde" in said


@pytest.mark.parametrize("who", [ODD, LIV, SIRI])
def test_a_view_is_not_there_for_other_bodies_and_municipalities(town: Town, who: str) -> None:
    view = save(town.browser(KARI), "Våre", "?vis=alle", shared="1")
    choose(town.browser(KARI), "socio", query=f"?visning={view.pk}")
    browser = town.browser(who)

    assert "Våre" not in browser.get(VIEWS).content.decode()
    page = browser.get(f"{LIST}?visning={view.pk}").content.decode()
    assert "Våre" not in page
    assert f"visning={view.pk}" not in page
    for name in ("view", "delete_view", "update_view"):
        where = reverse(f"overview:{name}", args=[view.pk])
        assert browser.post(where, {"name": "Stjålet"}).status_code == 404
    start = browser.post(reverse("overview:start"), {"view": str(view.pk)})
    assert start.status_code == 404
    assert SavedView.objects.get(pk=view.pk).name == "Våre"


def test_a_colleague_opens_a_shared_view_and_copies_it_but_does_not_change_it(town: Town) -> None:
    view = save(town.browser(KARI), "Våre", "?vis=alle", shared="1")
    ragnhild = town.browser(RAGNHILD)
    query = f"?vis=alle&visning={view.pk}"
    where = reverse("overview:view", args=[view.pk])
    assert ragnhild.get(where).status_code == ragnhild.post(where, {"name": "X"}).status_code == 404
    assert "Navn på din egen visning" in ragnhild.get(COLUMNS + query).content.decode()
    refused = choose(ragnhild, "socio", query=query)
    assert refused.status_code == 422
    assert arranged(refused)[0] == "socio"

    choose(ragnhild, "socio", query=query, name="Min")

    own = SavedView.objects.get(name="Min")
    assert (own.owner, own.columns, own.group) == (town.users[RAGNHILD], ["socio"], "all")
    view.refresh_from_db()
    assert view.columns == []


def test_the_owner_renames_shares_and_deletes_and_the_leader_too(town: Town) -> None:
    kari, lea = town.browser(KARI), town.browser(LEA)
    view = save(kari, "Besøk")
    where = reverse("overview:view", args=[view.pk])
    assert lea.get(where).status_code == 404

    kari.post(where, {"name": "Våre besøk", "shared": "1"})
    view.refresh_from_db()
    assert (view.name, view.body) == ("Våre besøk", "refugee")
    assert "Slett visningen" in lea.get(where).content.decode()

    answer = lea.post(reverse("overview:delete_view", args=[view.pk]), follow=True)
    assert "Visningen «Våre besøk» er slettet" in answer.content.decode()
    assert not SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "må ha et navn"), ("Besøk", "alt en visning"), ("x" * 61, "for langt"), ("\0", "navn")],
)
def test_a_name_that_cannot_be_keeps_what_was_typed(town: Town, name: str, said: str) -> None:
    browser = town.browser(KARI)
    other = save(browser, "Besøk")
    for where in (NEW, reverse("overview:view", args=[save(browser, "Annet").pk])):
        answer = browser.post(where, {"name": name, "shared": "1"})
        assert answer.status_code == 422
        page = parsed(answer)
        assert said in page.xpath("string(//*[@id='name-problem'])")
        assert page.xpath("//input[@name='name']/@value") == [name.strip("\0")]
        assert page.xpath("//input[@name='shared'][@checked]")
    assert SavedView.objects.get(pk=other.pk).name == "Besøk"


def test_one_starts_with_a_view_and_may_still_see_everybody(town: Town) -> None:
    browser = town.browser(KARI)
    view = save(browser, "Ende", "?vis=avsluttet")
    browser.post(reverse("overview:start"), {"view": str(view.pk)})

    answer = browser.get(LIST)
    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}?vis=avsluttet&visning={view.pk}"

    everybody = hrefs(browser, f"?vis=avsluttet&visning={view.pk}")["Alle deltakere"]
    assert everybody == f"{LIST}?visning=alle"
    assert browser.get(everybody).status_code == 200
    page = parsed(browser.get(answer["Location"]))
    assert page.xpath("//ul[@class='chips']/li[last()]//input[@name='next']/@value") == [everybody]

    browser.post(reverse("overview:start"), {"view": ""})
    assert browser.get(LIST).status_code == 200


@pytest.mark.parametrize("view", ["x", "' OR 1=1", "\0"])
def test_what_is_no_view_is_not_found(town: Town, view: str) -> None:
    browser = town.browser(KARI)
    assert browser.post(reverse("overview:start"), {"view": view}).status_code == 404
    assert browser.get(LIST, {"visning": view}).status_code == 200


def test_an_address_of_a_deleted_view_shows_the_list(town: Town) -> None:
    browser = town.browser(KARI)
    view = save(browser, "Besøk", "?utvalg=besok")
    view.delete()
    answer = browser.get(f"{LIST}?utvalg=besok&visning={view.pk}")
    assert answer.status_code == 200
    assert str(view.pk) not in answer.content.decode()


def test_the_newly_added_are_marked_in_words(town: Town) -> None:
    browser = town.browser(KARI)
    assert not parsed(browser.get(LIST)).xpath("//*[@class='who__new']")
    amina = town.people("Amina")
    OverviewRow.objects.filter(participant=amina).update(is_new=True)
    (mark,) = parsed(browser.get(LIST)).xpath("//*[@class='who__new']")
    assert mark.text_content() == "Ny"
    assert amina.name in mark.getparent().text_content()


def test_a_pasted_block_goes_to_the_columns_as_they_stand(town: Town) -> None:
    kari = town.actor(KARI)
    shown = ("adviser", "step", "last_contact")
    assert fields_in_order(kari, shown=shown)[:3] == ["name", "programme.adviser", "last_contact"]
    assert set(fields_in_order(kari, shown=("adviser",))) == set(fields_in_order(kari))


def test_a_saved_cell_comes_back_with_the_columns_of_its_list(town: Town) -> None:
    browser = town.browser(KARI)
    choose(browser, "teacher", "last_contact")
    (where,) = parsed(browser.get(f"{LIST}?vis=alle")).xpath("//table/@data-save")
    change = {
        "person": str(town.people("Amina").pk),
        "field": "last_contact",
        "text": "12.06.2026",
        "seen": "",
    }
    answer = browser.post(where, {"changes": json.dumps([change])}).json()
    assert answer["left"] == []
    (row,) = lxml.html.fromstring(f"<table>{answer['rows']}</table>").xpath("//tbody/tr")
    cells = [cell.text_content().strip() for cell in row.xpath("./td[not(@class='pick')]")]
    assert len(cells) == 2
    assert "2026" in cells[1]
