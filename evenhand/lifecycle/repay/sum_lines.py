"""What a figure is made of: lines a person can add up, in codes and numbers; no words.

Values are named by what they are: `…_minor` amounts, `…_on` days since 1970, `…_ppm` parts per
million, `…_hundredths` hundredths of a per cent, `rate_e10` a rate in ten-thousand-millionths,
everything else a count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evenhand.lifecycle.repay.parts import Late, Paid, Part

MONEY, DAYS, YEARLY = "money", "days", "yearly"
"""What a figure counts: minor units, days, or hundredths of a per cent a year."""
Parts = tuple[tuple[str, int], ...]
NONE: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sum, named by its code.

    `minor` is what it adds, below zero what it takes off; None where it only says what goes in.
    `figure` is another figure that explains it, empty for none. `parts` (late interest, fee,
    interest, principal) sum to `minor`, and so do the lines `under` it that have one: how it
    comes about.
    """

    code: str
    minor: int | None = None
    values: Mapping[str, int] = field(default_factory=lambda: NONE)
    figure: str = ""
    parts: Parts = ()
    under: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure and its lines, which come to it; `of` is what it counts, `n` its instalment."""

    figure: str
    total: int
    lines: tuple[Line, ...]
    rules: Sequence[str]
    of: str = MONEY
    n: int = 0

    @property
    def rare(self) -> bool:
        """Is it a figure that most loans have not?"""
        return self.figure in ("late-a-day", "overpaid")


def added(lines: Iterable[Line]) -> int:
    """What lines come to.

    >>> added([Line("paid", 5), Line("stretch"), Line("over", -2)])
    3
    """
    return sum(line.minor for line in lines if line.minor is not None)


def of_instalment(part: Part) -> Line:
    """What is unpaid of an instalment."""
    said = {"n": part.n, "due_on": part.due_on}
    return Line("instalment", part.total_minor, said, instalment(part.n), parts_of(part))


def instalment(n: int) -> str:
    """The figure that is instalment n."""
    return f"instalment-{n}"


def parts_of(part: Part) -> Parts:
    """The parts of an instalment that are not nothing, in the order in which they are paid."""
    named = (
        ("late_interest", part.late_minor),
        ("fee", part.fee_minor),
        ("interest", part.interest_minor),
        ("principal", part.principal_minor),
    )
    return tuple((code, minor) for code, minor in named if minor)


def of_payment(paid: Paid) -> Line:
    """A payment, by the instalments it paid."""
    under = [
        Line("to_instalment", part.total_minor, {"n": part.n}, instalment(part.n), parts_of(part))
        for part in paid.parts
    ]
    if paid.ahead.total_minor:
        parts = parts_of(Part(0, 0, 0, *paid.ahead))
        under.append(Line("paid_ahead", paid.ahead.total_minor, parts=parts))
    if paid.over_minor:
        under.append(Line("over", paid.over_minor))
    return Line("payment", paid.amount_minor, {"paid_on": paid.day}, under=tuple(under))


def of_late(late: Late, rate_ppm: int, year: int) -> Line:
    """What is owed of an instalment's late interest."""
    said = {"n": late.n, "due_on": late.due_on}
    under = [*charged(late, rate_ppm, year)]
    if late.paid_minor:
        under.append(Line("late_paid", -late.paid_minor))
    if late.waived_minor:
        under.append(Line("waived", -late.waived_minor))
    return Line("instalment", late.owed_minor, said, instalment(late.n), under=tuple(under))


def charged(late: Late, rate_ppm: int, year: int) -> list[Line]:
    """How an instalment's late interest comes about: principal x days by stretches, all of it x
    rate / (a million x year days), rounded once; and what was brought along."""
    lines = []
    for one in late.stretches:
        said = {"principal_minor": one.principal_minor, "days": one.days}
        lines.append(Line("stretch", None, said | {"since_on": one.since, "until_on": one.until}))
        if one.stopped_days:
            lines.append(Line("stood_still", None, {"days": one.stopped_days}))
    if late.stretches:
        lines.append(Line("at_rate", late.accrued_minor, {"late_ppm": rate_ppm, "year": year}))
    if late.brought_minor:
        code = "brought_by_change" if late.is_changed else "brought"
        lines.append(Line(code, late.brought_minor))
    return lines
