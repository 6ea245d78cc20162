"""The screen that is handed over to somebody who signs: one page for every paper."""

from dataclasses import dataclass
from typing import Any

from django import forms

from innpass.web.design.pages import Link


@dataclass(frozen=True, slots=True)
class SigningPage:
    """The page that is handed over: what is agreed or attested, and where one signs.

    Attributes:
        language, direction: of the words; names and texts of the agreement stay Norwegian.
        languages: the others to choose from.
        terms: heading and text of each; ``terms_note`` where they are in Norwegian alone.
        read: what tells this letterhead and these terms from others; what is signed must be it.
        is_handed_over: to a party at the table, and then no link leads into the case; else somebody
            of the staff signs, notes a paper or signs on behalf.
        read_again_href: to what is stored now, when somebody else did something meanwhile.
    """

    title: str
    lead: str
    language: str
    direction: str
    languages: tuple[Link, ...]
    ways: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    terms_heading: str
    terms_note: str
    terms: tuple[tuple[str, str], ...]
    form: object
    button: str
    back_href: str
    back: str
    read_again_href: str
    version: int
    read: str
    is_handed_over: bool
    problems: tuple[object, ...] = ()
    note: str = ""


class TableForm(forms.Form):
    """A signature at the table: the name typed and a tick. The words are in one's own language."""

    name = forms.CharField(max_length=200)
    agree = forms.BooleanField()

    def __init__(self, data: Any, *, name: str, agree: str) -> None:
        super().__init__(data)
        self.fields["name"].label = name
        self.fields["agree"].label = agree
        self.fields["name"].widget.attrs["autocomplete"] = "off"
