"""Term intake: the board, terms, groups, sessions, interpreters and classes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import ADVISER, LEADER, SUPERVISOR, TEACHER, Address
from tests.web.access.town import Town

NOBODY = UUID(int=7)
READ = {ADVISER, SUPERVISOR, TEACHER, LEADER, "leader_learning"}
PLAN, NOTE, PLACE = {ADVISER}, {ADVISER, SUPERVISOR}, {TEACHER}
SESSION = {"day": "2026-07-10", "start": "09:00", "minutes": "90", "place": "", "capacity": ""}
NEEDS = {"child_care": "morning", "was-child_care": "all_day"}
TERM = {
    "name": "Oktober 2026",
    "first_day": "2026-10-12",
    "cut_off": "2026-09-25",
    "smallest_group": "15",
    "largest_group": "20",
    "session_minutes": "90",
}


def of(name: str) -> Callable[[Town], list[Any]]:
    """Name a row of the town's intake in the address."""
    return lambda town: [town.intake[name]]


def the(**names: str) -> Callable[[Town], dict[str, str]]:
    """Send rows of the town's intake in the form; what is none of them is sent as it is."""
    return lambda town: {key: str(town.intake.get(name, name)) for key, name in names.items()}


def post(
    name: str, may: set[str], where: str, about: str, data: Any = None, **more: Any
) -> Address:
    return Address(name, may, of(where), method="post", data=data or {}, about=about, **more)


ADDRESSES = [
    Address("intake:board", READ),
    Address("intake:questions", READ),
    Address("intake:interpreters", READ),
    Address("intake:interpreters", PLAN, method="post", status=422, about="nothing"),
    Address(
        "intake:interpreters",
        PLAN,
        method="post",
        data=lambda town: {
            "session": str(town.intake["later"]),
            "language": "Zinna" + "tale",
            "state": "ordered",
        },
        status=422,
        about="a language nobody needs",
    ),
    Address("intake:new_term", PLAN),
    Address("intake:new_term", PLAN, method="post", status=422, about="empty"),
    Address("intake:new_term", PLAN, method="post", data=TERM, status=302),
    Address("intake:seen", NOTE, method="post", status=302),
    Address("intake:seen", NOTE, method="post", data={"invitation": "x"}, status=302, about="odd"),
    Address("intake:term", READ, of("term")),
    Address("intake:term", READ, lambda _: [NOBODY], status=404, about="unknown"),
    post("intake:term", PLAN, "term", "takes in", {"person": "nobody"}, status=302),
    Address("intake:edit_term", PLAN, of("term")),
    post("intake:edit_term", PLAN, "term", "empty", status=422),
    Address("intake:add", PLAN, of("term")),
    post("intake:add", PLAN, "term", "empty", status=422),
    post("intake:add", PLAN, "term", "hidden", {"name": "Celine", "reason": "x"}, status=422),
    Address("intake:groups", READ, of("term")),
    post("intake:groups", PLAN, "term", "odd", {"act": "x"}),
    post("intake:groups", PLAN, "term", "propose", {"act": "propose"}),
    post("intake:groups", PLAN, "term", "make", {"act": "make"}),
    post("intake:groups", PLAN, "term", "move", the(act="move", intake="intake", group="x")),
    post("intake:groups", PLAN, "term", "move odd", {"act": "move"}, status=422),
    post("intake:groups", PLAN, "term", "session odd", {"act": "session"}, status=422),
    post("intake:groups", PLAN, "term", "agree", {"act": "agree"}),
    Address("intake:classes", READ, of("term")),
    post("intake:classes", PLACE, "term", "odd", {"intake": "x"}),
    post("intake:classes", PLACE, "term", "no reason", the(intake="intake", track="1"), status=422),
    post(
        "intake:classes",
        PLACE,
        "term",
        "placed",
        the(intake="intake", track="1", level="A1", reason="Prøvd"),
        status=302,
    ),
    Address("intake:new_session", PLAN, of("term")),
    post("intake:new_session", PLAN, "term", "empty", status=422),
    post("intake:new_session", PLAN, "term", "made", SESSION, status=302),
    Address("intake:session", READ, of("held")),
    Address("intake:session", READ, of("later"), about="to come"),
    Address("intake:session", READ, of("alone"), status=404, for_named=200, about="hidden"),
    post("intake:session", NOTE, "held", "points", {"act": "points"}, status=302),
    post("intake:session", NOTE, "held", "came", {"act": "came"}, status=302),
    post("intake:session", NOTE, "later", "too early", {"act": "came"}, status=422),
    post("intake:session", NOTE, "held", "no question", {"act": "question"}, status=422),
    Address("intake:edit_session", PLAN, of("later")),
    post("intake:edit_session", PLAN, "later", "empty", status=422),
    Address("intake:edit_session", PLAN, of("alone"), status=404, for_named=200, about="hidden"),
    Address("intake:list", READ, of("later"), notes_reading=True),
    Address("intake:letters", READ, of("later"), notes_reading=True),
    Address("intake:letters", READ, of("alone"), status=404, for_named=200, about="hidden"),
    Address("intake:person", READ, of("intake"), notes_reading=True),
    Address(
        "intake:person",
        READ,
        of("hidden"),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    post("intake:person", PLAN, "intake", "needs", NEEDS, status=302),
    post("intake:person", PLAN, "intake", "stale needs", {"language": "dari"}, status=422),
    post(
        "intake:person",
        PLAN,
        "intake",
        "no reason",
        {"act": "move"},
        status=422,
    ),
    post("intake:person", PLAN, "intake", "out", {"act": "move", "reason": "Flyttet"}, status=302),
]
