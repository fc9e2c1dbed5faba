"""Our keys as UnionPay's order numbers: 8 to 32 letters and digits, no dash, no dot."""

import re
from typing import Final

_ORDER: Final = re.compile(r"EH([0-9]{1,18})X([0-9]{1,9})")


def order_id(key: str) -> str:
    """The orderId of a key `borrower.leaving`.

    >>> order_id("7.3")
    'EH0007X003'
    """
    borrower, leaving = key.split(".")
    return f"EH{int(borrower):04}X{int(leaving):03}"


def key_of(order: str) -> str:
    """The key of an orderId; ValueError where it is none of ours.

    >>> key_of("EH0007X003")
    '7.3'
    """
    found = _ORDER.fullmatch(order)
    if not found:
        raise ValueError("an order number that is none of ours")
    return f"{int(found[1])}.{int(found[2])}"
