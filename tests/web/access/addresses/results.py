"""The results."""

from tests.web.access.address import BUT_ADMIN, Address

ADDRESSES = [
    Address("results:results", BUT_ADMIN),
    *(
        Address("results:people", BUT_ADMIN, lambda _, key=key: [key], about=key)  # type: ignore[misc]
        for key in ("participants", "placed_municipal", "tests_taken")
    ),
    Address("results:people", BUT_ADMIN, lambda _: ["nothing"], status=404, about="unknown"),
]
