"""All addresses, reviewed by hand. One that is missing fails ``test_addresses``."""

from tests.web.access.addresses import (
    account,
    administration,
    crosswalk,
    deadlines,
    disagreements,
    entering,
    history,
    home,
    imports,
    joining,
    mapping,
    overview,
    participant,
    questions,
    regulations,
    results,
    round_trip,
    undoing,
)

ADDRESSES = [
    *account.ADDRESSES,
    *home.ADDRESSES,
    *overview.ADDRESSES,
    *participant.ADDRESSES,
    *history.ADDRESSES,
    *joining.ADDRESSES,
    *entering.ADDRESSES,
    *imports.ADDRESSES,
    *undoing.ADDRESSES,
    *mapping.ADDRESSES,
    *round_trip.ADDRESSES,
    *questions.ADDRESSES,
    *disagreements.ADDRESSES,
    *crosswalk.ADDRESSES,
    *deadlines.ADDRESSES,
    *results.ADDRESSES,
    *regulations.ADDRESSES,
    *administration.ADDRESSES,
]
BY_NAME = {str(address): address for address in ADDRESSES}
