"""The shared overview."""

from tests.web.access.address import ALL, BUT_ADMIN, Address

ADDRESSES = [
    Address("overview:overview", ALL),
    Address("overview:overview", ALL, query="?sorter=behov&vis=alle", about="by need"),
    Address("overview:search", ALL, method="post", data={"search": "x"}, status=302),
    Address("overview:export", BUT_ADMIN, query="?vis=alle"),
]
