"""The persons, their numbers, their rows in the sources, and protected addresses."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innpass.casework.imports.models import SourceRow
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.sealing.fields import SealedTextField
from innpass.domain.deriving.crosswalk import LISTS, TaskKind


class Participant(MunicipalityModel):
    """A person in the programme, or on the way into or out of it.

    The fields are the current values, derived from the person's rows (``domain.deriving``).
    """

    name = models.CharField("navn", max_length=250)
    given_name = models.CharField("fornavn", max_length=120, blank=True)
    family_name = models.CharField("etternavn", max_length=120, blank=True)
    native_name = models.CharField("navn i egen skrift", max_length=200, blank=True)
    folded_name = models.CharField(max_length=400, blank=True)  # for search, see domain.linking
    birth_date = models.DateField("fødselsdato", null=True)
    country = models.CharField("opprinnelsesland", max_length=80, blank=True)
    is_protected = models.BooleanField("adressesperre", default=False)
    absorbed_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="absorbed"
    )  # found to be the same person as this one; kept for the trail
    # Whom that one turned out to be in the end, however many were found to be the same after it.
    turned_out_to_be = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="seconds"
    )  # told by absorbed_by alone, see services.trace_seconds
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "deltaker"
        verbose_name_plural = "deltakere"
        indexes = [
            models.Index(fields=["municipality", "name"], name="participant_name"),
            models.Index(
                fields=["municipality"],
                name="participant_protected",
                condition=models.Q(is_protected=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IdentifierKind(models.TextChoices):
    """The systems' numbers for a person. The values are the field names' last part."""

    FNR = "fnr", _("Fødselsnummer")
    DNR = "dnr", _("D-nummer")
    DUF = "duf", _("DUF-nummer")
    SOCIO = "socio", _("Socionummer (Nav)")
    VISMA_REFUGEE = "visma_refugee", _("Visma-nummer, flyktning")
    VISMA_LEARNING = "visma_learning", _("Visma-nummer, læringssenter")


SECRET_KINDS = frozenset({IdentifierKind.FNR, IdentifierKind.DNR, IdentifierKind.DUF})


class Identifier(MunicipalityModel):
    """One number of one person in one system.

    Identity numbers are ``sealed`` and found by ``token``; a system's number is ``plain``.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="identifiers"
    )
    kind = models.CharField(max_length=20, choices=IdentifierKind.choices)
    plain = models.CharField(max_length=40, blank=True)
    sealed = SealedTextField(null=True)
    token = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "identifikator"
        verbose_name_plural = "identifikatorer"
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind"], name="identifier_kind_once")
        ]
        indexes = [
            models.Index(fields=["municipality", "kind", "plain"], name="identifier_plain"),
            models.Index(fields=["municipality", "kind", "token"], name="identifier_token"),
        ]

    def __str__(self) -> str:
        return self.kind


class RowLink(MunicipalityModel):
    """This source row is about this person, and why. Kept apart so that it can be undone."""

    row = models.OneToOneField(SourceRow, on_delete=models.PROTECT, related_name="link")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="row_links")
    # Whom it was about before that one was found to be this person's second: should the two be
    # parted again, each is who he or she was.
    was_about = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="former_links"
    )
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name = "kobling"
        verbose_name_plural = "koblinger"

    def __str__(self) -> str:
        return str(self.pk)


class Disagreement(MunicipalityModel):
    """Sources that state different values of one field of a person, as derived from the rows.

    ``values`` lists ``{owner, value, row, cell}``, the current one first. Of a practice period's
    field, ``row_id`` and ``name`` tell in which row and under which name a human's word settles it.
    ``is_settled``: a human entered the current value knowing the
    others.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="disagreements"
    )
    field = models.CharField(max_length=60)
    place = models.CharField(max_length=100, blank=True)  # row and name, to tell periods apart
    row_id = models.UUIDField(null=True)
    name = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=list)
    is_settled = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "uenighet"
        verbose_name_plural = "uenigheter"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "field", "place"], name="disagreement_once"
            )
        ]
        indexes = [models.Index(fields=["municipality", "is_settled"], name="disagreement_open")]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"


class CrosswalkTask(MunicipalityModel):
    """Something amiss between the bodies' lists and numbers of one person, as derived.

    ``kind`` and ``system`` are those of ``domain.deriving.crosswalk.Task``.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="crosswalk_tasks"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in TaskKind])
    system = models.CharField(
        max_length=20, choices=[(owner.value, owner.value) for owner in LISTS]
    )

    class Meta:
        verbose_name = "feil i kryssoversikten"
        verbose_name_plural = "feil i kryssoversikten"
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind", "system"], name="task_once")
        ]
        indexes = [
            models.Index(fields=["municipality", "kind", "system", "participant"], name="task_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.system}"


class ValueChange(MunicipalityModel):
    """What one act changed of a person's current values: the value history.

    ``changes`` maps a field, or the name of a table (``placements``, ``elements``, ``leave``,
    ``tests``), to ``[before, after]``; of an identity number only the fact that it changed. That
    somebody came in as new is no change.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = "endring"
        verbose_name_plural = "endringer"
        indexes = [
            models.Index(fields=["participant", "at"], name="change_of_person"),
            models.Index(fields=["municipality", "at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ProtectionMark(MunicipalityModel):
    """A protected address: set and lifted by named staff, with a reason. Never deleted."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="marks")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField("begrunnelse")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField("begrunnelse for oppheving", blank=True)

    class Meta:
        verbose_name = "adressesperre"
        verbose_name_plural = "adressesperrer"

    def __str__(self) -> str:
        return str(self.pk)


class NamedStaff(MunicipalityModel):
    """Somebody who may see a person with a protected address."""

    mark = models.ForeignKey(ProtectionMark, on_delete=models.PROTECT, related_name="named_staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_in"
    )

    class Meta:
        verbose_name = "navngitt ansatt"
        verbose_name_plural = "navngitte ansatte"
        constraints = [models.UniqueConstraint(fields=["mark", "user"], name="named_staff_once")]

    def __str__(self) -> str:
        return str(self.pk)
