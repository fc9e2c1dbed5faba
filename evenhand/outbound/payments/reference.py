"""Our payment reference: what a borrower writes on a transfer so that it finds its loan.

`EH`, the loan's number, two check digits (ISO/IEC 7064, MOD 97-10): one wrong digit or two swapped
are always noticed. Read with any spaces, dashes, full-width letters and case. Who answers for a
loan of another's has a `P` and the number of their invitation behind it: so we know who paid.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARK: Final = "EH"
LOAN_DIGITS_MAX: Final = 18
_GAP: Final = r"[\s\-\u200b-\u200f\u2010-\u2015\u2060\ufeff]*"
_FOUND: Final = re.compile(rf"(?<![A-Z])E{_GAP}H{_GAP}(?=\d)((?:\d{_GAP})+)")
_PARTY: Final = "P"
_BREAK: Final = re.compile(rf"(?<=\d){_GAP.replace('*', '+')}(?=\d)")


def of(loan: int) -> str:
    """The reference of a loan.

    >>> of(1001)
    'EH100105'
    """
    return f"{MARK}{loan}{check_of(loan):02}"


def loan_of(text: str) -> int | None:
    """The loan that a text names by its reference; None where it names none, or more than one.

    >>> loan_of("还款 ｅｈ 1001-05 谢谢"), loan_of("EH100150"), loan_of("张三还款")
    (1001, None, None)
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found = {_reading(match[1]) for match in _FOUND.finditer(plain)} - {None}
    return found.pop() if len(found) == 1 else None


def of_party(loan: int, invited: int) -> str:
    """The reference of somebody who answers for a loan of another's.

    >>> of_party(1001, 7)
    'EH100105P7'
    """
    return f"{of(loan)}{_PARTY}{invited}"


def party_of(text: str, loan: int) -> int:
    """The invitation of whoever pays a loan that the text names; 0 where it names none.

    >>> party_of("eh 1001 05 - p7", 1001), party_of("EH100105", 1001), party_of("EH100105P7", 9)
    (7, 0, 0)
    """
    plain = re.sub(_GAP, "", unicodedata.normalize("NFKC", text).upper())
    found = re.search(rf"{of(loan)}{_PARTY}([1-9]\d{{0,8}})(?!\d)", plain)
    return int(found[1]) if found else 0


def check_of(loan: int) -> int:
    """The two check digits of a loan's number."""
    return 98 - loan * 100 % 97


def _reading(digits: str) -> int | None:
    """The loan the digits name: all of them, else up to a gap; another number may stand behind."""
    groups = [re.sub(r"\D", "", group) for group in _BREAK.split(digits)]
    whole = ["".join(groups[: n + 1]) for n in range(len(groups))]
    return next((int(one[:-2]) for one in reversed(whole) if _fits(one)), None)


def _fits(digits: str) -> bool:
    number, check = digits[:-2], digits[-2:]
    if not number or len(number) > LOAN_DIGITS_MAX or number.startswith("0"):
        return False
    return int(check) == check_of(int(number))
