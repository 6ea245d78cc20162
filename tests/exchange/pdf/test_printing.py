"""Printing: tagged PDF with the fonts inside; what people wrote is text and never markup."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from innpass.exchange.pdf.printing import NoSuchTemplate, render_pdf

MADE_AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
TABLE: dict[str, Any] = {"title": "T", "note": "", "headings": [], "lines": []}


def report(**changes: Any) -> dict[str, Any]:
    wide = {**TABLE, "headings": ["a", "b", "c", "d", "e", "f", "g"]}
    return {
        "title": "Prøve",
        "footer": "Bunn",
        "page_word": "Side",
        "about": [["Kommune", "Lillevik"]],
        "figures": wide,
        "limits": {"title": "L", "lines": []},
        "texts": {**TABLE, "headings": ["a", "b", "c", "d"]},
        "readings": {**TABLE, "headings": ["a", "b", "c"]},
        "people": [],
        **changes,
    }


def test_the_document_is_tagged_and_says_its_language_and_title() -> None:
    made = render_pdf("inspection", report(), made_at=MADE_AT)

    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in made
    assert b"/Lang" in made
    assert b"pdfuaid:part" in made
    assert re.search(rb"/FontFile3", made)


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "$x$ *b* _i_",
        '" + read("/etc/passwd")',
        "@ref <label>",
        "\\ ] [",
        "Øå 中ነ \u1bca",
    ],
)
def test_what_people_wrote_is_no_markup(name: str) -> None:
    person = {
        "name": name,
        "line": name,
        "parts": [
            {
                "title": name,
                "headings": ["a", "b"],
                "widths": [1, 0],
                "lines": [[{"word": name, "said": name}, {"code": "kept", "word": name}]],
                "empty": name,
            }
        ],
    }

    assert render_pdf("inspection", report(people=[person]), made_at=MADE_AT)


@pytest.mark.parametrize("name", ["nothing", "../pdf/inspection/x", "printing.py"])
def test_only_our_templates_are_printed(name: str) -> None:
    with pytest.raises(NoSuchTemplate):
        render_pdf(name, {}, made_at=MADE_AT)


def test_a_clause_longer_than_a_page_goes_on_to_the_next() -> None:
    words = "ord " * 2999  # as long as a municipality may write one
    agreement = {
        "title": "A",
        "heading": ["A", ""],
        "version": ["V", ""],
        "made": ["L", ""],
        "letterhead": ["Lillevik"],
        "language": "en",
        "direction": "ltr",
        "is_alone": False,
        "norwegian_counts": ["N", "N"],
        "rows": [],
        "contacts_heading": ["K", ""],
        "contacts": [],
        "terms_heading": ["Vilkår", "Terms"],
        "terms_dated": ["D", ""],
        "terms_note": ["", ""],
        "signatures_heading": ["U", ""],
        "name": ["N", ""],
        "date": ["D", ""],
        "signatures": [],
        "what": ["H", ""],
        "agreed": ["A", ""],
        "party": ["P", ""],
        "foot": "Ola Nordmann · Kafeen",
        "terms": [{"title": ["Ett", "One"], "text": [words, "word " * 2399]}],
    }

    made = render_pdf("agreement", agreement, made_at=MADE_AT)

    # Cut off at the foot of a page, it left three in all.
    assert len(re.findall(rb"/Type\s*/Page\b", made)) > 3
