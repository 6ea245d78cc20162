"""What stands for the names of staff in addresses, so that no name does."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(name: str, *, municipality: UUID | None) -> str:
    """Return what stands for a name of staff in this municipality's addresses, always the same."""
    said = f"{municipality}\x1f{name}"
    return salted_hmac("innpass.web.design.tokens", said, algorithm="sha256").hexdigest()[:10]
