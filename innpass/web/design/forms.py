"""How Django's forms are drawn: with the fields and the error summary of Designsystemet."""

from functools import cache
from typing import Any

from django.forms import DateInput
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy


class DayInput(DateInput):
    """A day, typed as Norwegians write it; the browser's own calendar shows it otherwise."""

    def __init__(self, **attrs: Any) -> None:
        usual = {"autocomplete": "off", "placeholder": gettext_lazy("dd.mm.åååå")}
        super().__init__(attrs={**usual, **attrs}, format="%d.%m.%Y")


class DesignRenderer(DjangoTemplates):
    """Draw forms, fields and errors with our own templates. Set as ``FORM_RENDERER``."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"

    @property
    def engine(self) -> Any:
        """The templates' engine, one for all forms: to make one takes milliseconds."""
        return _engine()


@cache
def _engine() -> Any:
    return DjangoTemplates().engine
