"""Where the pages of others are that matching leads to."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def href_of(name: str, *args: Any) -> str:
    """Return the address of a page; empty where this installation has none such."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
