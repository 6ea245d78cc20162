"""What is handed in with an upload, and what is refused with a sentence."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.web.design.forms import DesignRenderer
from innpass.web.design.words import BODIES

MIB = 1024 * 1024
LARGEST_FILE = 20 * MIB
LARGEST_REQUEST = 100 * MIB
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


class UploadForm(forms.Form):
    """Whose sheets they are, where the columns do not tell."""

    default_renderer = DesignRenderer

    body = forms.ChoiceField(
        label=gettext_lazy("Hvem eier arkene?"),
        help_text=gettext_lazy(
            "Innpass ser det som regel av kolonnene. Velg bare hvis du har fått beskjed om det."
        ),
        choices=[("", gettext_lazy("Finn det ut av kolonnene")), *BODIES.items()],
        required=False,
    )
    uses_hidden = forms.BooleanField(
        label=gettext_lazy("Ta med verdier fra skjulte ark"),
        help_text=gettext_lazy(
            "Skjulte ark er som regel gamle kopier. Radene kobles til personene, men verdiene "
            "brukes bare hvis du krysser av her."
        ),
        required=False,
    )


def too_large() -> str:
    """Say that all files together are too much."""
    return _(
        "Filene er til sammen større enn %(most)s MB. Del dem i flere importer; rekkefølgen betyr "
        "ingenting."
    ) % {"most": LARGEST_REQUEST // MIB}


def problems_with(files: Sequence[UploadedFile]) -> list[str]:
    """Say what is wrong with the files before anything is kept; nothing of them is used then."""
    if not files:
        return [_("Velg minst ett regneark.")]
    sentence = _(
        "%(name)s er større enn %(most)s MB. Lagre bare arkene med deltakere i en egen fil, og "
        "prøv igjen."
    )
    said = [
        sentence % {"name": file.name, "most": LARGEST_FILE // MIB}
        for file in files
        if (file.size or 0) > LARGEST_FILE
    ]
    if sum(file.size or 0 for file in files) > LARGEST_REQUEST:
        said.append(too_large())
    return said
