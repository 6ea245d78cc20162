"""What a password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's check of the length, with a sentence that its Norwegian catalogue lacks."""

    def get_error_message(self) -> str:
        """Say what is wrong and what to do."""
        return _("Passordet er for kort. Det må ha minst %s tegn.") % self.min_length
