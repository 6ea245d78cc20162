"""One participant at one employer, from proposed to ended. Days are inclusive."""

from typing import Any

from django.conf import settings
from django.db import models

from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.sealing.fields import SealedBinaryField
from innpass.domain.placing.agreement import Given, Ground, Party, VersionKind, Way
from innpass.domain.placing.schemes import SchemeKind, SchemeState
from innpass.domain.placing.states import CaseKind, Initiative, Outcome, Step

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class PlacementCase(MunicipalityModel):
    """A participant and an employer: proposed, agreed, running, ended (``domain.placing``).

    Attributes:
        supervisor: the municipality's one contact person for this placement.
        row: the row that tells of the placement among the rows (ADR 0009): of a sheet, or the one
            laid over them when the agreement was signed by all.
        activity_row: the row of Nav's measure that was laid beside it, with its hours.
        withdrawn_at: when somebody said that it never was, with ``withdrawn_reason``.
    """

    keeps_person = "praksisløp"

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="placement_cases"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="cases")
    place = models.ForeignKey(
        PracticePlace, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    kind = models.CharField("ordning", max_length=30, choices=_choices(CaseKind))
    proposed_on = models.DateField("foreslått")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    row = models.UUIDField(null=True)
    activity_row = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField("trukket tilbake", null=True)
    withdrawn_reason = models.TextField("begrunnelse", blank=True)

    class Meta:
        verbose_name = "praksisløp"
        verbose_name_plural = "praksisløp"
        indexes = [models.Index(fields=["municipality", "row"], name="placement_case_row")]

    def __str__(self) -> str:
        return str(self.pk)


class CaseStep(MunicipalityModel):
    """Something that was done on the way to an agreement: presented, prepared, met."""

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("steg", max_length=30, choices=_choices(Step))
    on = models.DateField("dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    text = models.TextField("hva ble sagt", blank=True)

    class Meta:
        verbose_name = "steg mot avtale"
        verbose_name_plural = "steg mot avtale"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="case_step_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseEnding(MunicipalityModel):
    """How a case ended: whose initiative, why, and what the participant is told of it.

    Attributes:
        last_day: the last day at the employer, inclusive; of one that came to nothing the day on
            which that was clear.
        reason: a code of ``domain.placing``.
        text: for those who follow the case; never shown to the participant or the employer.
        told: what the participant is told.
        until: the last day that was agreed or told of when it ended; ``None`` where nobody had
            said any.
    """

    case = models.OneToOneField(PlacementCase, on_delete=models.PROTECT, related_name="ending")
    outcome = models.CharField("utfall", max_length=20, choices=_choices(Outcome))
    initiative = models.CharField("på initiativ fra", max_length=20, choices=_choices(Initiative))
    reason = models.CharField("årsak", max_length=40)
    text = models.TextField("internt", blank=True)
    told = models.TextField("til deltakeren", blank=True)
    last_day = models.DateField("siste dag")
    until = models.DateField("avtalt til", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "avslutning av praksisløp"
        verbose_name_plural = "avslutninger av praksisløp"

    def __str__(self) -> str:
        return str(self.pk)


class FormerEnding(MunicipalityModel):
    """What was said of how a case ended, before somebody put it right; columns as ``CaseEnding``.

    Attributes:
        by: who had said it.
        why: why it was put right, by ``replaced_by``.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="former_endings")
    outcome = models.CharField("utfall", max_length=20, choices=_choices(Outcome))
    initiative = models.CharField("på initiativ fra", max_length=20, choices=_choices(Initiative))
    reason = models.CharField("årsak", max_length=40)
    text = models.TextField("internt", blank=True)
    told = models.TextField("til deltakeren", blank=True)
    last_day = models.DateField("siste dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    why = models.TextField("begrunnelse")
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    replaced_at = models.DateTimeField("rettet", auto_now_add=True)

    class Meta:
        verbose_name = "tidligere avslutning av praksisløp"
        verbose_name_plural = "tidligere avslutninger av praksisløp"

    def __str__(self) -> str:
        return str(self.pk)


class AgreementVersion(MunicipalityModel):
    """A numbered version of the agreement about a placement; frozen once somebody has signed.

    Names are kept as they were when it was made, so that a paper says for ever what was signed.

    Attributes:
        kind: why there is a new version, and ``reason`` in words.
        first_day, last_day: inclusive.
        days: when the participant is there: lists of weekday (Monday 0) and the minutes after
            midnight of beginning and end.
        minutes_per_week: clock minutes, breaks that do not count left out.
        goals: codes of ``domain.placing.agreement.Goal``; ``goal_text`` says more.
        contacts: the employer's persons by role (``leader``, ``signer``, ``second_signer``,
            ``mentor``) and the municipality's one (``supervisor``): name, phone and e-mail.
        has_second_signer: whether two must sign for the employer.
        long_reason: why it goes on longer than is usual (``Clash.needs_reason``); else empty.
        printed: what its paper says beside the columns, as it stood when the first signed: the
            letterhead and the standard terms (``terms``); empty until then.
        in_force_at: when all had signed; until then nothing is laid over the sheets.
        discarded_at: when it was put away unsigned.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versjon")
    kind = models.CharField("type", max_length=20, choices=_choices(VersionKind))
    reason = models.TextField("begrunnelse", blank=True)
    made_on = models.DateField("laget")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    employer_name = models.CharField("arbeidsgiver", max_length=200)
    place = models.ForeignKey(PracticePlace, null=True, on_delete=models.PROTECT, related_name="+")
    place_name = models.CharField("praksisplass", max_length=120, blank=True)
    first_day = models.DateField("fra")
    last_day = models.DateField("til")
    days = models.JSONField("dager og timer", default=list)
    minutes_per_week = models.PositiveSmallIntegerField("minutter per uke")
    tasks = models.TextField("arbeidsoppgaver", blank=True)
    goals = models.JSONField("mål", default=list)
    goal_text = models.TextField("mål i egne ord", blank=True)
    follow_up = models.TextField("oppfølging", blank=True)
    contacts = models.JSONField("kontaktpersoner", default=dict)
    has_second_signer = models.BooleanField("to skriver under for arbeidsgiveren", default=False)
    long_reason = models.TextField("hvorfor så lenge", blank=True)
    printed = models.JSONField("brevhode og standardvilkår", default=dict)
    in_force_at = models.DateTimeField("gjelder fra underskrift", null=True)
    discarded_at = models.DateTimeField("forkastet", null=True)

    class Meta:
        verbose_name = "versjon av praksisavtale"
        verbose_name_plural = "versjoner av praksisavtaler"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(in_force_at=None, discarded_at=None),
                name="agreement_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="agreement_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StandardTerms(MunicipalityModel):
    """What every agreement of a municipality says beside what is agreed, from a day on.

    Attributes:
        organisation_number: the municipality's, nine digits; empty where nobody said.
        unit: the service that makes agreements, for the letterhead.
        texts: the terms by language, as ``domain.placing.terms`` reads them.
    """

    holds_from = models.DateField("gjelder fra")
    organisation_number = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    unit = models.CharField("tjeneste", max_length=120, blank=True)
    texts = models.JSONField("vilkår", default=dict)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "standardvilkår"
        verbose_name_plural = "standardvilkår"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "holds_from"], name="standard_terms_day_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Lifting(MunicipalityModel):
    """That somebody opened signed content again: who and why. The signatures then fall."""

    agreement = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="liftings"
    )
    reason = models.TextField("begrunnelse")
    lifted_at = models.DateTimeField("åpnet")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "åpning av praksisavtale"
        verbose_name_plural = "åpninger av praksisavtaler"

    def __str__(self) -> str:
        return str(self.pk)


class Signature(MunicipalityModel):
    """A party has signed a version. Never changed; a lifting makes it fall.

    Attributes:
        name: who signed, as typed or as it stands on the paper.
        signed_on: the day on which it was signed, which may lie before it was noted.
        by: who of the staff took it or noted it.
        ground: why it was signed on behalf; empty in other ways.
        why: why another than the one who is named signed, in words; else empty.
        scan: of the signed paper, sealed; ``scan_kind`` is its media type.
    """

    agreement = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    party = models.CharField("part", max_length=20, choices=_choices(Party))
    way = models.CharField("måte", max_length=20, choices=_choices(Way))
    name = models.CharField("navn", max_length=200)
    signed_on = models.DateField("dag")
    noted_at = models.DateTimeField("ført", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    ground = models.CharField("grunn", max_length=30, blank=True, choices=_choices(Ground))
    why = models.TextField("hvorfor en annen", blank=True)
    scan = SealedBinaryField(null=True)
    scan_kind = models.CharField("filtype", max_length=40, blank=True)
    lifting = models.ForeignKey(
        Lifting, null=True, on_delete=models.PROTECT, related_name="signatures"
    )

    class Meta:
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                condition=models.Q(lifting=None),
                name="signature_party_once",
            ),
            models.CheckConstraint(
                condition=models.Q(way="on_behalf") ^ models.Q(ground=""),
                name="signature_ground_on_behalf",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExpectationsGiven(MunicipalityModel):
    """The participant has got the document of demands, expectations and rights."""

    case = models.OneToOneField(
        PlacementCase, on_delete=models.PROTECT, related_name="expectations"
    )
    given_on = models.DateField("gitt")
    how = models.CharField("måte", max_length=20, choices=_choices(Given))
    language = models.CharField("språk", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "forventninger gitt"
        verbose_name_plural = "forventninger gitt"

    def __str__(self) -> str:
        return str(self.pk)


class DemandSeen(MunicipalityModel):
    """Somebody of the staff has seen what the place demands, such as a police certificate.

    Only that it was seen and when is kept, never what it says.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="demands_seen")
    demand = models.CharField("krav", max_length=40)
    seen_on = models.DateField("sett")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "krav som er sett"
        verbose_name_plural = "krav som er sett"
        constraints = [
            models.UniqueConstraint(fields=["case", "demand"], name="demand_seen_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Scheme(MunicipalityModel):
    """A scheme of Nav's around a placement; how far it has come is told by its last step.

    Days are what is asked for or given, inclusive; ``None`` where nobody said.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="schemes")
    kind = models.CharField("ordning", max_length=30, choices=_choices(SchemeKind))
    first_day = models.DateField("fra", null=True)
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "ordning fra Nav"
        verbose_name_plural = "ordninger fra Nav"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="scheme_kind_once"),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__isnull=False, last_day__gte=models.F("first_day")),
                name="scheme_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SchemeStep(MunicipalityModel):
    """How far a scheme came on a day, by whose word; never changed."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField("status", max_length=12, choices=_choices(SchemeState))
    on = models.DateField("dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    note = models.TextField("merknad", blank=True)
    noted_at = models.DateTimeField("ført", auto_now_add=True)

    class Meta:
        verbose_name = "steg i en ordning"
        verbose_name_plural = "steg i en ordning"

    def __str__(self) -> str:
        return str(self.pk)
