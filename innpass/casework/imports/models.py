"""Files as they came, their rows as they were read, and the questions only a human can settle."""

from django.conf import settings
from django.db import models

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.sealing.fields import (
    SealedBinaryField,
    SealedJSONField,
    SealedTextField,
)
from innpass.domain.sheets.records import Owner, TableKind


class BatchStatus(models.TextChoices):
    """How far an import has come."""

    RECEIVED = "received", "mottatt"
    READING = "reading", "leses"
    READY = "ready", "klar til å tas i bruk"
    APPLYING = "applying", "tas i bruk"
    APPLIED = "applied", "tatt i bruk"
    FAILED = "failed", "stoppet"
    CANCELLED = "cancelled", "avbrutt"
    UNDONE = "undone", "angret"


class ImportBatch(MunicipalityModel):
    """The files that somebody handed over together.

    ``preview`` is what applying would change (see ``reconciliation.preview``), without identity
    numbers. ``job_id`` is the job at work on it now. ``undo_asked`` stands there from when somebody
    asks that it be undone until it is: ``{reason, people}``, where ``people`` are the ids of those
    for whom, or ``None`` for everybody. ``undo_preview`` is what undoing it would change (see
    ``reconciliation.undo_preview``), found out by the job ``undo_preview_job_id``.
    """

    status = models.CharField(
        max_length=20, choices=BatchStatus.choices, default=BatchStatus.RECEIVED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    preview = SealedJSONField(null=True)
    undo_asked = SealedJSONField(null=True)
    undo_preview = SealedJSONField(null=True)
    undo_preview_job_id = models.UUIDField(null=True)
    problem = models.TextField(blank=True)  # a Norwegian sentence when it stopped
    job_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        indexes = [models.Index(fields=["municipality", "created_at"], name="batch_created")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Undoing(MunicipalityModel):
    """That somebody undid an import, wholly or for some people: who, when and why. Never deleted.

    The rows that hold no longer because of it name it (``SourceRow.undoing``).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="undoings")
    undone_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    is_whole = models.BooleanField()

    class Meta:
        verbose_name = "angret import"
        verbose_name_plural = "angrede importer"

    def __str__(self) -> str:
        return str(self.pk)


class SourceFile(MunicipalityModel):
    """One file as it came, kept sealed with what is needed to write its like again.

    ``layout`` holds the sheets in order as ``{sheet, hidden, rows, headings}``, the headings as
    ``{cell, text, field}``, without identity numbers; ``keep_until`` is the day on which keeping it
    is to be reviewed (integreringsforskriften § 60). Once that has led to deleting the content,
    ``content`` is empty and ``content_deleted_at`` says when. ``name`` is without identity numbers.

    One "file" of each municipality came in no batch: it holds the rows that people enter by hand
    (``by_hand``).
    """

    batch = models.ForeignKey(
        ImportBatch, null=True, on_delete=models.PROTECT, related_name="files"
    )
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    size = models.PositiveIntegerField()
    content = SealedBinaryField()
    body = models.CharField(max_length=20, blank=True)  # said by the person who handed it over
    uses_hidden = models.BooleanField(default=False)  # chosen: hidden sheets supply values too
    owner = models.CharField(
        max_length=20, blank=True, choices=[(owner.value, owner.value) for owner in Owner]
    )
    problem = models.TextField(blank=True)  # why it could not be read, in Norwegian
    notices = models.JSONField(default=list)
    unread_columns = models.JSONField(default=list)
    layout = models.JSONField(default=list)
    keep_until = models.DateField(null=True)
    content_deleted_at = models.DateTimeField(null=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"
        indexes = [models.Index(fields=["municipality", "digest"], name="file_digest")]

    def __str__(self) -> str:
        return self.name


class RowState(models.TextChoices):
    """What a newer version of the same file made of a row."""

    CURRENT = "current", "gjelder"
    GONE = "gone", "ikke lenger i filen"
    REPLACED = "replaced", "erstattet av en nyere fil"
    UNDONE = "undone", "angret sammen med importen"


HOLDING = (RowState.CURRENT, RowState.GONE)


class SourceRow(MunicipalityModel):
    """One row about a person, as read. Never changed or deleted; only its state moves.

    ``readings`` maps a field to ``{c: cell, t: text, v: value, i: issue, p: possible, n: note}``.
    Identity numbers stand only in ``identity`` (sealed, field to digits) and ``tokens`` (field to
    blind index), so that equality can be asked without opening anything.
    """

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=255)
    number = models.PositiveIntegerField()  # as in the sheet, from 1
    owner = models.CharField(max_length=20, choices=[(owner.value, owner.value) for owner in Owner])
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in TableKind])
    is_hidden = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.CURRENT)
    # The newer version that the row is gone from, or that replaced it.
    ended_by = models.ForeignKey(
        SourceFile, null=True, on_delete=models.PROTECT, related_name="ended_rows"
    )
    # The version it is gone from, kept when a still newer one replaces it: undoing that brings the
    # row back as gone.
    gone_from = models.ForeignKey(
        SourceFile, null=True, on_delete=models.PROTECT, related_name="missed_rows"
    )
    undoing = models.ForeignKey(Undoing, null=True, on_delete=models.PROTECT, related_name="rows")
    readings = models.JSONField(default=dict)
    identity = SealedJSONField(null=True)
    tokens = models.JSONField(default=dict)

    class Meta:
        verbose_name = "kilderad"
        verbose_name_plural = "kilderader"
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet", "number"], name="row_place_once")
        ]
        indexes = [models.Index(fields=["municipality", "state"], name="row_state")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.number}"


class Way(models.TextChoices):
    """How something was entered by hand."""

    CELL = "cell", "i oversikten"
    FORM = "form", "i et skjema"
    PASTE = "paste", "limt inn"
    BULK = "bulk", "for flere på en gang"
    ANSWER = "answer", "svar på et spørsmål"
    SHEET = "sheet", "i et eksportert regneark"
    JOIN = "join", "slått sammen"
    PART = "part", "skilt fra hverandre"
    UNDO = "undo", "da en import ble angret"
    SETTLE = "settle", "avgjort uenighet"


class Said(MunicipalityModel):
    """What a human has said: by whom, when, why, and whether it was taken back. Never deleted.

    What belongs to one act (a paste, a bulk change, a form) has the same ``act``, and is taken back
    together.
    """

    act = models.UUIDField()
    way = models.CharField(max_length=10, choices=Way.choices)
    reason = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The same, said of the older version's row that this row took the place of.
    carried_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="carried"
    )

    class Meta:
        abstract = True


class CellEdit(Said):
    """What a human says a cell of a row holds: an answer, a correction, or a value by hand.

    The latest that is not undone holds. ``field`` is as in the row's readings, or ``WITHDRAWN`` for
    the row as a whole. ``value`` is plain (dates as ISO text; ``None``: there is no value); of an
    identity number it is the blind index, and the digits stand in ``sealed``. ``original`` is the
    cell as it was read (without its place), ``before`` the current value when this was said (never
    of an identity number), and ``set_aside`` the values of other sources that were known then.
    """

    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="edits")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    sealed = SealedTextField(null=True)
    original = models.JSONField(null=True)
    before = models.JSONField(null=True)
    set_aside = models.JSONField(default=list)

    class Meta:
        verbose_name = "rettelse"
        verbose_name_plural = "rettelser"
        indexes = [
            models.Index(fields=["municipality", "row"], name="edit_row"),
            models.Index(fields=["municipality", "act"], name="edit_act"),
            models.Index(fields=["municipality", "said_at"], name="edit_said"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"


class LinkDecision(Said):
    """What a human says of whom a row is about (``domain.linking.rows.Decision``).

    ``kind`` names the decision, ``other`` the row it was compared with, ``field`` the number it is
    about, where it is about one.
    """

    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20)
    other = models.ForeignKey(SourceRow, null=True, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "avgjørelse om kobling"
        verbose_name_plural = "avgjørelser om koblinger"
        indexes = [
            models.Index(fields=["municipality", "row"], name="decision_row"),
            models.Index(fields=["municipality", "act"], name="decision_act"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReadingRule(MunicipalityModel):
    """What a municipality means by a text that by itself has no one reading.

    It holds for every cell of the field, of files that came before and after, until it is ended:
    then what it read is asked about again. ``text`` is folded (``domain.sheets.reading_rules``);
    empty for the rules of days, which hold for any text of their ``kind``. ``value`` is plain, or
    the name of a day (``reading_rules.DayRule``). ``act`` is the answer it was made from.
    """

    field = models.CharField(max_length=60)  # plain, as in ``placement.extended``
    kind = models.CharField(max_length=40)  # the Issue that it settles
    text = models.CharField(max_length=250, blank=True)
    value = models.JSONField()
    act = models.UUIDField(null=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "leseregel"
        verbose_name_plural = "leseregler"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "field", "kind", "text"],
                condition=models.Q(ended_at=None),
                name="rule_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"


class ColumnChoice(MunicipalityModel):
    """What the municipality has chosen that a column means in sheets of one form.

    ``form`` and ``column`` are marks of headings (``domain.sheets.mapping``), ``heading`` the words
    themselves, without identity numbers; ``field`` is empty where the column is not to be used. The
    one that has not ended holds.
    """

    owner = models.CharField(max_length=20, choices=[(owner.value, owner.value) for owner in Owner])
    form = models.CharField(max_length=32)
    column = models.CharField(max_length=32)
    sheet = models.CharField(max_length=255)
    heading = models.CharField(max_length=255, blank=True)
    field = models.CharField(max_length=60, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "kolonnevalg"
        verbose_name_plural = "kolonnevalg"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "form", "column"],
                condition=models.Q(ended_at=None),
                name="column_choice_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.field}"


class Question(MunicipalityModel):
    """A cell, or a row, that only a human can read. Closes itself when a later file settles it.

    ``answer`` is the act of the human who answered it, of ``CellEdit`` and ``LinkDecision``.
    """

    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="questions")
    field = models.CharField(max_length=60)
    cell = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)  # an Issue, or a kind of linking question
    text = models.TextField(blank=True)
    possible = models.JSONField(default=list)
    values = models.JSONField(default=dict)  # what its sentence needs
    asks = models.JSONField(default=list)  # the bodies that should answer
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=40, blank=True)
    answer = models.UUIDField(null=True)

    class Meta:
        verbose_name = "spørsmål"
        verbose_name_plural = "spørsmål"
        constraints = [
            models.UniqueConstraint(fields=["row", "field", "kind"], name="question_once")
        ]
        indexes = [models.Index(fields=["municipality", "closed_at"], name="question_closed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cell}"
