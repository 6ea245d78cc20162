"""What editing adds to every row, drawn in one go: a page has fifty rows, and must stay quick."""

from html import escape

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from innpass.web.overview.pages import OverviewRow

register = Library()


@register.filter
def row_data(row: OverviewRow) -> SafeString:
    """Write the attributes that the script of the grid reads; none where nothing is edited."""
    edited = f' data-person="{row.pk}" data-cells="{escape(row.cells)}"' if row.cells else ""
    changed = f' data-changed="{row.changed}"' if row.changed else ""
    return SafeString(edited + changed)


@register.filter
def row_box(row: OverviewRow) -> SafeString:
    """Draw the cell in which a row is marked; none where nothing is edited."""
    if not row.cells:
        return SafeString("")
    return SafeString(
        '<td class="pick"><input class="ds-input" type="checkbox" form="marked" name="person" '
        f'value="{row.pk}" aria-label="{escape(_("Merk"))} {escape(row.name)}"></td>'
    )


@register.filter
def row_notes(row: OverviewRow) -> SafeString:
    """Draw what others changed, and the way to edit without a script."""
    changed = edit = ""
    if row.changed:
        words = f"{_('Endret siden sist:')} {row.changed_words}"
        changed = f'<small class="is-new">{escape(words)}</small>'
    if row.cells:
        edit = (
            f'<a class="ds-link row-edit without-script" href="{row.edit_href}">'
            f'{escape(_("Endre"))}<span class="ds-sr-only"> {escape(row.name)}</span></a>'
        )
    return SafeString(changed + edit)
