"""What data is used for what, where it comes from and how long it is kept, as the page tells it."""

from typing import Final, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Use(NamedTuple):
    """One kind of data, in words."""

    data: str
    used_for: str
    source: str
    kept: str


USES: Final = (
    Use(
        _("Amount, months, purpose"),
        _("Deciding, contract"),
        _("You"),
        _("As long as the loan's record: 10 years from its end"),
    ),
    Use(
        _("Income, obligations, work, savings"),
        _("What you can afford; points"),
        _("You"),
        _("Sealed; as long as the application's record"),
    ),
    Use(
        _("Name, identity number, phone, account"),
        _("Who you are; are you of age and no student"),
        _("You; checked by the identity provider"),
        _("Sealed; 10 years from the last loan's end"),
    ),
    Use(
        _("Your loans with us and how they were paid"),
        _("Points; what you owe us already"),
        _("Our own records"),
        _("10 years from the loan's end"),
    ),
)


def uses() -> list[Use]:
    """All of them in the reader's language."""
    return [Use(*map(gettext, use)) for use in USES]
