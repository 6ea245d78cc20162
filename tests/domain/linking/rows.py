"""Rows in few words: the body, what it states, and its key."""

from datetime import date

from innpass.domain.linking import LinkRow
from innpass.domain.sheets.records import Owner, TableKind

BORN = date(1984, 3, 27)
OTHER_DAY = date(1991, 11, 12)
SERIES = {Owner.REFUGEE: "visma_refugee", Owner.NAV: "socio", Owner.LEARNING: "visma_learning"}


def row(key, owner, name=None, born=None, *, kind=TableKind.PERSON, number=None, **more):
    ids = {f"ids.{field}": value for field, value in more.pop("ids", {}).items()}
    if number:
        ids[f"ids.{SERIES[owner]}"] = number
    return LinkRow(
        key=key, owner=owner, kind=kind, ids=ids, name=name, birth_date=born, source=owner, **more
    )


def refugee(key, name, born=BORN, **more):
    return row(key, Owner.REFUGEE, name, born, **more)


def nav(key, name, born=BORN, **more):
    return row(key, Owner.NAV, name, born, **more)


def learning(key, name, born=BORN, **more):
    return row(key, Owner.LEARNING, name, born, **more)


def overview(key, name, born=None, **ids):
    return row(key, Owner.OVERVIEW, name, born, ids=ids)


OLENA = refugee("r1", "Olena Bondarenko", number="401", ids={"fnr": "A", "duf": "D"})
TARAS = refugee("r2", "Taras Zhuk", OTHER_DAY, number="402", ids={"fnr": "B"})


def together(linking):
    return {keys for keys in linking.people if len(keys) > 1}


def asked(linking):
    return [(question.key, question.field, question.kind) for question in linking.questions]
