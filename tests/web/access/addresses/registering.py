"""The registration in the national register."""

from tests.web.access.address import ADMIN, ADVISER, LEADER, SUPERVISOR, TEACHER, Address

DO = {SUPERVISOR, ADVISER, TEACHER}
SEE = DO | {LEADER, "leader_learning"}
ODD = {"vis": "x", "hendelse": "y", "radgiver": "z", "til": "w", "side": "-1", "row": "nobody"}

ADDRESSES = [
    Address("registering:duties", SEE),
    Address("registering:duties", SEE, query="?vis=alle&til=2026-06-30", about="all"),
    Address("registering:duties", SEE, query="?vis=x&hendelse=y&til=z&side=-1", about="nonsense"),
    Address("registering:tick", DO, method="post", data=ODD, status=302, about="nonsense"),
    Address("registering:export", SEE, method="post", data={"vis": "alle"}),
    Address("registering:leaving", SEE),
    Address("registering:codes", SEE | {ADMIN}),
    Address("registering:codes", {ADMIN}, method="post", data={"code-start": "A1"}, status=302),
]
