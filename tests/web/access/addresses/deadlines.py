"""Whose programme, and right to Norwegian tuition, runs out."""

from tests.web.access.address import ADVISER, LEADER, NAV, SUPERVISOR, Address

READERS = {ADVISER, SUPERVISOR, NAV, LEADER, "leader_nav"}

ADDRESSES = [
    Address("deadlines:deadlines", READERS),
    *(
        Address("deadlines:deadlines", READERS, query=f"?klokke={clock}&liste={name}", about=about)
        for clock in ("program", "norsk")
        for name in ("ute", "30", "90", "mangler")
        for about in (f"{clock}, {name}",)
    ),
    Address("deadlines:deadlines", READERS, query="?klokke=x&liste=y&side=z", about="odd"),
]
