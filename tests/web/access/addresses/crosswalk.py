"""The crosswalk."""

from tests.web.access.address import CASEWORKERS, LEADERS, Address

SEE = CASEWORKERS | LEADERS

ADDRESSES = [
    Address("crosswalk:crosswalk", SEE),
    Address("crosswalk:crosswalk", SEE, query="?vis=alle", about="everybody"),
    Address("crosswalk:crosswalk", SEE, query="?feil=kollisjon&eier=nav", about="filtered"),
    Address("crosswalk:crosswalk", SEE, query="?feil=x&eier=y&side=-1", about="nonsense"),
]
