"""The pages employers are told about."""

from urllib.parse import urlsplit

from innpass.domain.placing.resources import Audience, resources, resources_for


def test_what_the_guide_names_is_there() -> None:
    titles = {each.title for each in resources()}

    assert {"MIKA", "Know Your Rights", "Norskkrav i arbeidslivet", "Språk i arbeid"} <= titles
    assert any("Nav" in title for title in titles)


def test_every_page_is_public_dated_and_told_in_a_sentence() -> None:
    for each in resources():
        address = urlsplit(each.url)
        assert (address.scheme, address.query, address.username) == ("https", "", None)
        assert each.what.endswith(".")
        assert each.listed_on.year >= 2026
    assert len({each.url for each in resources()}) == len(resources())


def test_pages_are_chosen_by_audience() -> None:
    assert {each.audience for each in resources_for(Audience.EMPLOYER)} == {Audience.EMPLOYER}
    assert resources_for(Audience.EMPLOYER, Audience.PARTICIPANT) == resources()
    assert resources_for(Audience.TEACHER) == ()
