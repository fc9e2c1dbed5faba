"""How personal data looks to someone who need not see it.

>>> mask_name("王小明"), mask_name("欧阳小明明"), mask_name("Anna Lee")
('王**', '欧**', 'A**')
>>> mask_number("13812341234"), mask_number("0912345678"), mask_number("12345678")
('138****1234', '091****5678', '**78')
>>> mask_account("6222000011112222"), mask_email("wang@example.org")
('**** 2222', 'w***@example.org')
"""

PHONE_MIN = 10


def mask_name(name: str) -> str:
    """The first character and two stars, whatever the length: the length is a hint too."""
    return name[:1] + "**" if name else ""


def mask_number(number: str) -> str:
    """First three and last four characters; of short numbers the last two only."""
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= PHONE_MIN else f"**{number[-2:]}"


def mask_identity(number: str) -> str:
    """The last four characters."""
    return f"****{number[-4:]}" if number else ""


def mask_account(number: str) -> str:
    """The last four digits, as cards print them."""
    return f"**** {number[-4:]}" if number else ""


def mask_email(address: str) -> str:
    """The first character and where the mail goes."""
    name, _, place = address.rpartition("@")
    return f"{name[:1]}***@{place}" if name else ""


def mask_postal(address: str) -> str:
    """The first six characters: province and city at most."""
    return f"{address[:6]}***" if address else ""
