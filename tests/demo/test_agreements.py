"""The days of the demo's placement cases come in the order in which things happen."""

from datetime import date, timedelta

from innpass.demo.agreements import _STORIES

TODAY = date(2026, 6, 30)


def test_nothing_up_to_an_agreement_happens_after_the_first_day_or_after_today() -> None:
    for story in _STORIES:
        agreed = story.agreed_on(TODAY)
        assert agreed <= TODAY
        if story.signed is not None:
            assert agreed < TODAY + timedelta(days=story.begins)
