"""Undoing an import."""

from tests.web.access.address import ADVISER, CASEWORKERS, SUPERVISOR, Address, batch

APPLIERS = {SUPERVISOR, ADVISER}  # of files of all bodies

ADDRESSES = [
    Address("imports:undo_preview", APPLIERS, batch("applied"), status=302, about="applied"),
    Address("imports:undo_preview", CASEWORKERS, batch("abroad"), status=404, about="abroad"),
    Address("undoing:undo", APPLIERS, batch("applied"), about="applied"),
    Address("undoing:undo", APPLIERS, batch("ready"), about="ready"),
    Address("undoing:undo", CASEWORKERS, batch("abroad"), status=404, about="abroad"),
    Address(
        "undoing:undo",
        APPLIERS,
        batch("applied"),
        method="post",
        status=422,
        about="without a reason",
    ),
    Address(
        "undoing:undo",
        APPLIERS,
        batch("applied"),
        method="post",
        data={"reason": "Feil fil", "others": "on"},  # one who is seen by few has a plan
        status=302,
        about="applied",
    ),
    Address(
        "undoing:undo",
        APPLIERS,
        batch("applied"),
        method="post",
        data={"foresee": "1"},
        status=302,
        about="to see what it would change",
    ),
]
