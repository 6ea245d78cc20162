"""Employers of Lillevik to ask."""

import pytest

from innpass.casework.placements.models import Employer
from tests.factories.cast import Town


@pytest.fixture
def units(town: Town) -> list[Employer]:
    """Three units of two areas, and a firm."""
    return [
        Employer.objects.create(municipality=town.municipality, kind=kind, name=name, area=area)
        for kind, name, area in (
            ("municipal", "Bakken barnehage", "Oppvekst"),
            ("municipal", "Elva skole", "Oppvekst"),
            ("municipal", "Renhold nord", "Teknisk"),
            ("private", "Havnekafeen AS", ""),
        )
    ]
