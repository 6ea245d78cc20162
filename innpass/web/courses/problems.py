"""What is wrong in the forms of a page, for the list on top of it."""

from collections.abc import Iterable

from django.forms import Form

from innpass.web.courses.pages import Problem


def problems_in(parts: Iterable[Form]) -> tuple[Problem, ...]:
    """List what must be put right, in the order of the page."""
    found = []
    for part in parts:
        if not part.is_bound:
            continue
        found += [Problem("", "", str(error)) for error in part.non_field_errors()]
        for bound in part:
            href = f"#{bound.id_for_label or bound.auto_id}"
            found += [Problem(href, str(bound.label), str(error)) for error in bound.errors]
    return tuple(found)
