"""Acts of following up: visits and voices, what is missing, contact, contracts, attests."""

from innpass.casework.follow_up.attest_paper import print_attest
from innpass.casework.follow_up.attests import (
    save_attest,
    scan_of_attest,
    sign_attest,
    start_attest,
)
from innpass.casework.follow_up.contacting import note_contact, note_job_seeking, note_reply
from innpass.casework.follow_up.contracts import (
    Terms,
    answer_check,
    note_contract,
    take_contract_back,
)
from innpass.casework.follow_up.missing import (
    Lacking,
    change_missing,
    close_missing,
    name_missing,
)
from innpass.casework.follow_up.refusing import Fault, Refused
from innpass.casework.follow_up.rhythm import keep_rhythm
from innpass.casework.follow_up.visiting import (
    Held,
    Said,
    book,
    call_off,
    check_may_visit,
    give_voice,
    hold,
    visit_that_waits,
    visit_to_speak_at,
)

__all__ = [
    "Fault",
    "Held",
    "Lacking",
    "Refused",
    "Said",
    "Terms",
    "answer_check",
    "book",
    "call_off",
    "change_missing",
    "check_may_visit",
    "close_missing",
    "give_voice",
    "hold",
    "keep_rhythm",
    "name_missing",
    "note_contact",
    "note_contract",
    "note_job_seeking",
    "note_reply",
    "print_attest",
    "save_attest",
    "scan_of_attest",
    "sign_attest",
    "start_attest",
    "take_contract_back",
    "visit_that_waits",
    "visit_to_speak_at",
]
