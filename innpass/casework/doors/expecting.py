"""The document of demands, expectations and rights, to print in Norwegian beside a language."""

from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from innpass.domain.placing.expectations import MASTER, Expectations, expectations_in
from innpass.exchange.pdf.printing import render_pdf


def pdf_of_expectations(code: str, *, made_at: datetime) -> bytes:
    """Return the document as tagged PDF: Norwegian, and beside it a language of the participant's.

    Raises:
        NoSuchTranslation: nobody has translated it to that.
    """
    master, beside = expectations_in(MASTER), expectations_in(code)
    columns = [master] if code == MASTER else [master, beside]
    document = {
        "title": master.title,
        "columns": [_column(each) for each in columns],
        "footer": _("Krav, forventninger og rettigheter, skrevet ut %(day)s")
        % {"day": formats.date_format(made_at, "j. F Y")},
        "page_word": _("Side"),
    }
    return render_pdf("expectations", document, made_at=made_at)


def _column(text: Expectations) -> dict[str, Any]:
    return {
        "language": text.code,
        "direction": text.direction,
        "title": text.title,
        "intro": text.intro,
        "sections": [{"title": s.title, "lines": list(s.lines)} for s in text.sections],
        "signing": list(text.signing),
        "cautions": list(text.cautions),
    }
