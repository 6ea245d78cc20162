"""The questions: about the open person, the hidden, somebody of another municipality, nobody."""

from uuid import UUID

from django_scopes import scopes_disabled

from innpass.casework.imports.models import Question
from tests.web.access.address import CASEWORKERS, LEADERS, NAV, Address, Arguments
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

SEE = CASEWORKERS | LEADERS


def asked(life: Life) -> Arguments:
    """Name the question about somebody's handover meeting, which Nav should answer."""

    def find(town: Town) -> list[UUID]:
        with scopes_disabled():
            about = Question.objects.filter(row__link__participant=town.people[life.number])
            return [about.get(field="nav.handover", closed_at=None).pk]

    return find


ADDRESSES = [
    Address("questions:questions", SEE),
    Address("questions:answers", SEE),
    Address("questions:answers", SEE, query="?vis=alle", about="everybody's"),
    Address("questions:question", SEE, asked(OPEN), about="open"),
    Address("questions:question", SEE, asked(HIDDEN), status=404, for_named=200, about="hidden"),
    Address("questions:question", SEE, asked(ABROAD), status=404, about="abroad"),
    Address("questions:question", SEE, lambda _: [UUID(int=7)], status=404, about="nobody"),
    Address(
        "questions:question",
        {NAV},
        asked(OPEN),
        method="post",
        data={"answer": "none"},
        status=302,
        about="answer",
    ),
    *(
        Address(
            "questions:question",
            SEE,
            asked(life),
            method="post",
            data={"answer": "none"},
            status=404,
            for_named=for_named,
            about=f"answer, {life.given}",
        )
        for life, for_named in ((HIDDEN, 403), (ABROAD, None))
    ),
    # Nobody has answered yet: there is nothing to take back and no answer that may be a rule.
    *(
        address
        for act, waiting in (("take_back", 403), ("make_rule", 302))
        for address in (
            Address(
                f"questions:{act}",
                {NAV} if waiting == 302 else SEE,
                asked(OPEN),
                method="post",
                status=waiting,
                about="open",
            ),
            Address(
                f"questions:{act}",
                SEE,
                asked(HIDDEN),
                method="post",
                status=404,
                for_named=403,
                about="hidden",
            ),
            Address(
                f"questions:{act}", SEE, asked(ABROAD), method="post", status=404, about="abroad"
            ),
        )
    ),
    Address(
        "questions:end_rule",
        SEE,
        lambda _: [UUID(int=7)],
        method="post",
        status=404,
        about="nobody's",
    ),
]
