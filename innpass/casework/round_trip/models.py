"""What each exported sheet held, so that what comes back can be told from what went out."""

from uuid import UUID

from django.conf import settings
from django.db import models

from innpass.casework.imports.models import SourceFile
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.sealing.fields import SealedBinaryField, SealedJSONField


class SheetExport(MunicipalityModel):
    """One export of the overview in the layout of ``file``.

    ``kept`` says what each cell held (see ``keeping``); it goes on the day ``keep_until``, and the
    sheet can no longer be read again.
    """

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept = SealedBinaryField(null=True)
    keep_until = models.DateField()

    class Meta:
        verbose_name = "eksportert ark"
        verbose_name_plural = "eksporterte ark"
        indexes = [models.Index(fields=["municipality", "keep_until"], name="sheet_export_kept")]

    def __str__(self) -> str:
        return f"eksport {self.pk}"


class SheetOrder(MunicipalityModel):
    """That somebody asked for a sheet that came back to be entered; the last time it was asked.

    ``chosen`` is what was chosen on the screen: ``{overrule, new_people}``, as
    ``services.apply_returned`` takes them. ``outcome`` is what became of it, once it is entered:
    ``{cells, new_people, left, refused, act}``. ``job_id`` is the job that enters it.
    """

    file = models.OneToOneField(SourceFile, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by_id: UUID | None
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    chosen = SealedJSONField(null=True)
    outcome = models.JSONField(null=True)
    job_id = models.UUIDField()

    class Meta:
        verbose_name = "ark som skal føres inn"
        verbose_name_plural = "ark som skal føres inn"

    def __str__(self) -> str:
        return f"bestilling {self.pk}"


class SheetReturn(MunicipalityModel):
    """One act of applying what was edited in an exported sheet that came back as ``file``."""

    export = models.ForeignKey(SheetExport, on_delete=models.PROTECT, related_name="returns")
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+")
    act = models.UUIDField()
    applied_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cells = models.PositiveIntegerField()
    new_people = models.PositiveIntegerField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ark som kom tilbake"
        verbose_name_plural = "ark som kom tilbake"
        indexes = [models.Index(fields=["municipality", "file"], name="sheet_return_file")]

    def __str__(self) -> str:
        return f"retur {self.pk}"
