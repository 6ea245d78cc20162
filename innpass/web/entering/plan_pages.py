"""What the templates of the integration plan get."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from innpass.web.design.drafting import Draft
from innpass.web.design.pages import Link
from innpass.web.design.plan_words import Lack
from innpass.web.entering.controls import Control
from innpass.web.entering.pages import Fields, Person


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A value of a version, and what the version it is compared with says, where it differs.

    ``before`` is ``None`` where nothing differs, or where it is compared with nothing.
    """

    label: str
    value: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class PlanSection:
    """Values that belong together."""

    heading: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class PlanElement:
    """An element; ``change`` is new, changed, gone or nothing, beside the other version."""

    title: str
    when: str
    reason: str
    change: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    id: str
    title: str
    status: str
    note: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page ``entering/plan.html``: one version, the others, and what can be done.

    Attributes:
        versions: all that the viewer may read; empty where there is no plan.
        title: which version is shown; ``status`` how it stands.
        note: that it was written for somebody who turned out to be this person.
        lacks: of a draft, what hinders agreeing it; of a plan in force, what the law finds lacking.
        warnings: what among its months and days does not agree.
        compare: the versions it can be compared with; ``compared`` the one it is.
        is_draft: it can be continued and agreed; ``may_discard`` holds for a draft written for
            somebody who turned out to be this person, too.
        refusal: why it was not agreed or taken away.
    """

    person: Person
    trail: tuple[Link, ...]
    versions: tuple[VersionLine, ...] = ()
    title: str = ""
    status: str = ""
    note: str = ""
    sections: tuple[PlanSection, ...] = ()
    elements: tuple[PlanElement, ...] = ()
    lacks: tuple[Lack, ...] = ()
    warnings: tuple[str, ...] = ()
    compare: tuple[VersionLine, ...] = ()
    compared: str = ""
    shown: str = ""
    is_draft: bool = False
    may_discard: bool = False
    is_in_force: bool = False
    may_write: bool = False
    draft_href: str = ""
    version: int = 0
    agree_day: str = ""
    refusal: str = ""
    review_on: date | None = None
    is_late: bool = False

    @property
    def pdf_href(self) -> str:
        """Where the shown version is as PDF."""
        address = reverse("entering:plan_pdf", args=[self.person.pk])
        return f"{address}?versjon={self.shown}"


@dataclass(frozen=True, slots=True)
class PlanFormPage:
    """The page ``entering/plan_form.html``: a draft as a form.

    Attributes:
        elements: one section for each element; ``rows`` is how many there are.
        version: of the stored draft that is on the screen.
        stored_href: where it is read as it is stored, when somebody else changed it meanwhile.
    """

    person: Person
    title: str
    trail: tuple[Link, ...]
    sections: tuple[Fields, ...]
    elements: tuple[Fields, ...]
    draft: Draft
    back_href: str
    submit: str
    version: int
    note: str = ""
    stored_href: str = ""
    was_posted: bool = False

    @property
    def rows(self) -> int:
        """How many elements have a place in the form."""
        return len(self.elements)

    @property
    def problems(self) -> tuple[Control, ...]:
        """The controls with something to put right."""
        own = tuple(c for section in self.sections for c in section.controls if c.problem)
        return own + tuple(
            replace(c, label=f"{section.heading}, {c.label}")
            for section in self.elements
            for c in section.controls
            if c.problem
        )
