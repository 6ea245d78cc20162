"""The municipality's own course models: every edit is a new version, and old ones stay."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.training.courses import versions
from innpass.casework.training.models import CourseModelVersion
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.courses.editing import copied, is_same
from innpass.domain.courses.faults import BadModel, Fault, faults
from innpass.domain.courses.following import Version, latest
from innpass.domain.courses.model import CourseModel
from innpass.domain.courses.reading import plain_model

_LONGEST_KEY = 50
_LETTERS = str.maketrans({"æ": "ae", "ø": "o"})  # å is an a to slugify, these two are nothing


class EditedMeanwhile(Exception):
    """Somebody else saved the model after it was read. ``latest`` is the version there is now."""

    def __init__(self, there: Version) -> None:
        super().__init__(there.model.id)
        self.latest = there


def latest_of(key: str) -> Version | None:
    """Return the latest version of a model; ``None`` where there is no such model."""
    return next((each for each in latest(versions()) if each.model.id == key), None)


def history_of(key: str) -> list[CourseModelVersion]:
    """Return the versions made here of a model, the latest first. One query."""
    rows = CourseModelVersion.objects.filter(key=key).select_related("made_by")
    return list(rows.order_by("-number"))


@transaction.atomic
def save_model(
    *,
    municipality: Municipality,
    model: CourseModel,
    reason: str,
    expected: int,
    on: date,
    by: Actor,
) -> CourseModelVersion:
    """Store a changed model as the next version. Nobody who is on an earlier one is moved.

    Args:
        expected: the number of the version that was changed; 0 is the one that ships.
        on: who begins from this day follows it.

    Raises:
        MayNot: models are not theirs to edit.
        BadModel: the model has faults, is as before, or has the name of another.
        EditedMeanwhile: ``expected`` is not the latest version any more.
    """
    check_may(by, Act.EDIT_COURSE_MODELS)
    now = latest_of(model.id)
    if now is not None and now.number != expected:
        raise EditedMeanwhile(now)
    if now is not None and is_same(now.model, model):
        raise BadModel((Fault("reason", "model.same"),))
    return _store(municipality, model, reason, expected + 1, on, by)


@transaction.atomic
def begin_model(
    *,
    municipality: Municipality,
    source: Version,
    name: str,
    first_day: date,
    last_day: date | None,
    reason: str,
    on: date,
    by: Actor,
) -> CourseModelVersion:
    """Store a new model that begins as a copy of a version.

    Args:
        first_day, last_day: who begins in these days follows it, inclusive.

    Raises:
        MayNot: models are not theirs to edit.
        BadModel: the days are turned, or the name is another's or empty.
    """
    check_may(by, Act.EDIT_COURSE_MODELS)
    known = {each.model.id for each in versions()}
    stem = slugify(name.lower().translate(_LETTERS))[:_LONGEST_KEY] or "modell"
    key, n = stem, 1
    while key in known:
        n += 1
        key = f"{stem}-{n}"
    model = copied(source.model, key=key, name=name, first_day=first_day, last_day=last_day)
    return _store(municipality, model, reason, 1, on, by)


def _store(
    municipality: Municipality,
    model: CourseModel,
    reason: str,
    number: int,
    on: date,
    by: Actor,
) -> CourseModelVersion:
    _check(model)
    try:
        with transaction.atomic():
            row: CourseModelVersion = CourseModelVersion.objects.create(
                municipality=municipality,
                key=model.id,
                number=number,
                name=model.name,
                first_day=model.first_day,
                last_day=model.last_day,
                content=plain_model(model),
                made_on=on,
                made_by_id=by.user_id,
                reason=reason.strip(),
            )
    except IntegrityError as taken:  # two at once: the database lets one of them through
        there = latest_of(model.id)
        if there is None:
            raise
        raise EditedMeanwhile(there) from taken
    audit.record(
        municipality_id=municipality.pk,
        actor_id=by.user_id,
        action="save_course_model",
        subject_kind="course_model",
        subject_id=row.pk,
        changes={"number": [number - 1, number]},
        reason=row.reason,
    )
    return row


def _check(model: CourseModel) -> None:
    found = list(faults(model))
    name = model.name.strip().casefold()
    if not name:
        found.append(Fault("name", "model.name"))
    others = (each.model for each in latest(versions()) if each.model.id != model.id)
    if any(other.name.strip().casefold() == name for other in others):
        found.append(Fault("name", "model.known", (("name", model.name.strip()),)))
    if found:
        raise BadModel(tuple(found))
