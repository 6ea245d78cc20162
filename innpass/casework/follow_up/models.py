"""What is kept of following somebody up at a workplace until hired. Days are inclusive."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.sealing.fields import SealedBinaryField
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
)
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import Answer, GivenBy, Interpreter, Speaker

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}
_CASE: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}
_PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class EvaluationVisit(MunicipalityModel):
    """A visit to a workplace that is booked or was held; those only due are laid out anew each day.

    Attributes:
        booked_for: the day agreed with the workplace; empty where it was held without.
        held_on: the day it was held; ``by`` who held it.
        present: who came to a cooperation meeting: codes of ``Helper``, and ``others`` in words.
        schemes: codes of the schemes that were discussed (``domain.placing``).
        told: what was agreed for the time to come, which the participant may hear.
        internal: for those who follow the case; never told to the participant or the employer.
        called_off_on: the day a booking was given up, and ``called_off_because``.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField("slag besøk", max_length=20, choices=_choices(VisitKind))
    booked_for = models.DateField("avtalt", null=True)
    held_on = models.DateField("holdt", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    present = models.JSONField("til stede", default=list)
    others = models.CharField("andre til stede", max_length=200, blank=True)
    schemes = models.JSONField("ordninger", default=list)
    told = models.TextField("avtalt videre", blank=True)
    internal = models.TextField("internt", blank=True)
    called_off_on = models.DateField("avlyst", null=True)
    called_off_because = models.CharField("hvorfor avlyst", max_length=200, blank=True)

    class Meta:
        verbose_name = "evalueringsbesøk"
        verbose_name_plural = "evalueringsbesøk"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(held_on=None, called_off_on=None),
                name="evaluation_visit_one_open",
            ),
            models.CheckConstraint(
                condition=Q(booked_for__isnull=False) | Q(held_on__isnull=False),
                name="evaluation_visit_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "held_on"], name="evaluation_visit_held")]

    def __str__(self) -> str:
        return str(self.pk)


class Voice(MunicipalityModel):
    """What one party says at a visit.

    What the employer said itself, on the page without an account, stands beside what staff wrote
    down of it: neither takes the place of the other.

    Attributes:
        answers: by theme (``domain.following.voices``), without the one about Norwegian.
        text: in the speaker's own words.
        norwegian, norwegian_text: how Norwegian goes at work; the teacher's whole voice, and all
            that the teacher sees of the others'.
        given_in: the language it was given in, where not in Norwegian.
        written_by: who of the staff wrote it down; nobody where the speaker did.
    """

    visit = models.ForeignKey(EvaluationVisit, on_delete=models.PROTECT, related_name="voices")
    speaker = models.CharField("hvem", max_length=20, choices=_choices(Speaker))
    answers = models.JSONField("svar", default=dict)
    text = models.TextField("med egne ord", blank=True)
    norwegian = models.CharField(
        "norsk på jobb", max_length=20, blank=True, choices=_choices(Answer)
    )
    norwegian_text = models.TextField("om norsken", blank=True)
    given_on = models.DateField("gitt")
    given_by = models.CharField("måte", max_length=20, choices=_choices(GivenBy))
    interpreter = models.CharField("tolk", max_length=20, choices=_choices(Interpreter))
    given_in = models.CharField("språk", max_length=40, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "stemme i evalueringen"
        verbose_name_plural = "stemmer i evalueringen"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "speaker"],
                condition=~Q(given_by=GivenBy.DOOR.value),
                name="voice_written_once",
            ),
            models.UniqueConstraint(
                fields=["visit", "speaker"],
                condition=Q(given_by=GivenBy.DOOR.value),
                name="voice_own_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MissingForHire(MunicipalityModel):
    """One thing that is missing before somebody can be hired, until it is closed.

    Attributes:
        owner, owner_name: whose it is to see to.
        visit: at which it was named first; it is carried to every later one.
        closed_at_visit: at which it was found to be over.
    """

    keeps_person = "mangel før ansettelse"

    participant = models.ForeignKey(Participant, **_PERSON)
    case = models.ForeignKey(PlacementCase, **_CASE)
    kind = models.CharField("hva mangler", max_length=30, choices=_choices(Lack))
    text = models.CharField("mer om det", max_length=300, blank=True)
    owner = models.CharField("hvem ordner", max_length=30, choices=_choices(Helper))
    owner_name = models.CharField("navn", max_length=120, blank=True)
    due = models.DateField("frist", null=True)
    opened_on = models.DateField("meldt")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    visit = models.ForeignKey(EvaluationVisit, **_CASE)
    closed_on = models.DateField("lukket", null=True)
    closed = models.CharField("hvordan", max_length=20, blank=True, choices=_choices(Closed))
    closed_text = models.CharField("mer om hvordan", max_length=300, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    closed_at_visit = models.ForeignKey(EvaluationVisit, **_CASE)

    class Meta:
        verbose_name = "mangel før ansettelse"
        verbose_name_plural = "mangler før ansettelse"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) ^ ~Q(closed=""), name="missing_closed_how"
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "closed_on", "due"], name="missing_for_hire_open")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContactLine(MunicipalityModel):
    """That somebody was in touch, in one line, for those who follow the case."""

    keeps_person = "kontaktlogg"

    participant = models.ForeignKey(Participant, **_PERSON)
    case = models.ForeignKey(PlacementCase, **_CASE)
    on = models.DateField("dag")
    way = models.CharField("måte", max_length=20, choices=_choices(ContactWay))
    text = models.CharField("hva ble sagt", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    noted_at = models.DateTimeField("ført", auto_now_add=True)

    class Meta:
        verbose_name = "linje i kontaktloggen"
        verbose_name_plural = "linjer i kontaktloggen"

    def __str__(self) -> str:
        return str(self.pk)


class JobSeekingLine(MunicipalityModel):
    """One thing somebody did to find work, and what came of it."""

    keeps_person = "jobbsøking"

    participant = models.ForeignKey(Participant, **_PERSON)
    kind = models.CharField("hva", max_length=20, choices=_choices(JobSeeking))
    on = models.DateField("dag")
    employer = models.CharField("arbeidsgiver", max_length=200, blank=True)
    channel = models.CharField("kanal", max_length=80, blank=True)
    text = models.CharField("merknad", max_length=300, blank=True)
    reply = models.CharField("svar", max_length=20, blank=True, choices=_choices(Reply))
    replied_on = models.DateField("svar kom", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    noted_at = models.DateTimeField("ført", auto_now_add=True)

    class Meta:
        verbose_name = "jobbsøk"
        verbose_name_plural = "jobbsøk"

    def __str__(self) -> str:
        return str(self.pk)


class Attest(MunicipalityModel):
    """A version of what an employer vouches for: what somebody did there and learned.

    Attributes:
        facts: employer, days, hours and who the participant is, as they stood when it was last
            saved, and for good when it was signed.
        signed_on, signed_by: when and by whom of the employer; then it is never changed again.
        is_on_paper: it was signed on paper, not on the screen; ``archived_at`` is when somebody
            said that the paper is kept, and ``scan`` a picture of it, sealed.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="attests")
    number = models.PositiveSmallIntegerField("versjon")
    made_on = models.DateField("laget")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    facts = models.JSONField("fakta", default=dict)
    tasks = models.TextField("arbeidsoppgaver", blank=True)
    learned = models.TextField("hva deltakeren har lært", blank=True)
    words = models.TextField("arbeidsgiverens ord", blank=True)
    signed_on = models.DateField("underskrevet", null=True)
    signed_by = models.CharField("underskrevet av", max_length=200, blank=True)
    is_on_paper = models.BooleanField("på papir", default=False)
    archived_at = models.DateTimeField("papiret er arkivert", null=True)
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    scan = SealedBinaryField(null=True)
    scan_kind = models.CharField("filtype", max_length=40, blank=True)

    class Meta:
        verbose_name = "attest"
        verbose_name_plural = "attester"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="attest_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(signed_on=None), name="attest_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EmploymentContract(MunicipalityModel):
    """A contract that somebody got, with the employer of the placement or another.

    Attributes:
        case: the placement it came of, where it came of one.
        employer_name: as it was written; ``employer`` where the register knows it.
        taken_back_on: when somebody said that it was noted by mistake, and why; it then counts
            nowhere.
    """

    keeps_person = "arbeidskontrakt"

    participant = models.ForeignKey(Participant, **_PERSON)
    case = models.ForeignKey(PlacementCase, **_CASE)
    employer = models.ForeignKey(Employer, null=True, on_delete=models.PROTECT, related_name="+")
    employer_name = models.CharField("arbeidsgiver", max_length=200)
    kind = models.CharField("ansettelse", max_length=20, choices=_choices(ContractKind))
    percent = models.PositiveSmallIntegerField("stillingsprosent")
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)
    noted_on = models.DateField("ført")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    taken_back_on = models.DateField("tatt tilbake", null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    taken_back_because = models.TextField("hvorfor tatt tilbake", blank=True)

    class Meta:
        verbose_name = "arbeidskontrakt"
        verbose_name_plural = "arbeidskontrakter"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="contract_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1) & Q(percent__lte=100), name="contract_percent"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContractCheck(MunicipalityModel):
    """Whether somebody still worked there after so many months, and who said it when."""

    contract = models.ForeignKey(
        EmploymentContract, on_delete=models.PROTECT, related_name="checks"
    )
    months = models.PositiveSmallIntegerField("måneder")
    asked_on = models.DateField("spurt")
    is_there = models.BooleanField("fortsatt i jobben")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "svar på om noen fortsatt er i jobb"
        verbose_name_plural = "svar på om noen fortsatt er i jobb"
        constraints = [
            models.UniqueConstraint(fields=["contract", "months"], name="contract_check_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
