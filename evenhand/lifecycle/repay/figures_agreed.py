"""How what was agreed comes about: an instalment, its interest, its principal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from evenhand.core import plain, sums
from evenhand.ledger.shapes import has_down
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.parts import Part
from evenhand.lifecycle.repay.sum_lines import Line, Sum, added, charged, parts_of


def of_each(one: Owing, word: str, n: int) -> Sum:
    """A figure of instalment `n`, numbered from 1."""
    total, lines = OF_EACH[word](one, n)
    rules = ("oldest_first", "rounded_once") if word == "instalment" else ("rounded_once",)
    return Sum(word, total, tuple(lines), rules, n=n)


def _instalment(one: Owing, n: int) -> tuple[int, list[Line]]:
    """What was agreed, the late interest, what was paid: what is owed. Of one that is in force
    since terms were changed, that and what was paid since."""
    if n in one.book.whole:
        return 0, _paid_ahead(one.book.whole[n])
    owed, paid = one.book.owed[n - 1].total_minor, one.book.paid_on(n)
    if one.book.remade is not None and not one.book.is_remade(n):
        late = sum(part.late_minor for _day, part in paid)
        whole = _agreed(one.book.agreed[n - 1], _principal(one, n)[1], _interest(one, n)[1])
        whole += [Line("late_interest", late)] if late else []
        whole += _less_paid(paid)
        if moved := one.book.moved_on(n):
            whole.append(Line("moved_on", -moved))
        if added(whole) == owed:
            return owed, whole
    return owed, _in_force(one, n)


def _paid_ahead(whole: Part) -> list[Line]:
    """What it was before a payment ahead paid it whole."""
    late = [Line("late_interest", whole.late_minor)] if whole.late_minor else []
    return [*_agreed(whole, (), ()), *late, Line("whole_ahead", -whole.total_minor)]


def _in_force(one: Owing, n: int) -> list[Line]:
    late = next((each for each in one.book.late if each.n == n), None)
    # Of one past when terms were changed what was owed then is what it is: no rate explains it.
    told = one.book.remade is None or one.book.is_remade(n)
    how = (_principal(one, n)[1], _interest(one, n)[1]) if told else ((), ())
    lines = _agreed(one.book.in_force[n - 1], *how)
    if late:
        under = charged(late, one.late_rate_ppm, one.late_year_days)
        lines.append(Line("late_interest", added(under), under=tuple(under)))
        if late.waived_minor:
            lines.append(Line("waived", -late.waived_minor))
    return lines + _less_paid(one.book.paid_on(n, one.book.since))


def _agreed(part: Part, principal: Sequence[Line], interest: Sequence[Line]) -> list[Line]:
    """An instalment's parts, with how its principal and its interest come about."""
    fee = [Line("fee", part.fee_minor)] if part.fee_minor else []
    return [
        Line("principal", part.principal_minor, under=tuple(principal)),
        Line("interest", part.interest_minor, under=tuple(interest)),
        *fee,
    ]


def _less_paid(paid: Sequence[tuple[int, Part]]) -> list[Line]:
    return [
        Line(
            "paid_on",
            -part.total_minor,
            {"paid_on": day},
            parts=tuple((code, -minor) for code, minor in parts_of(part)),
        )
        for day, part in paid
    ]


def _interest(one: Owing, n: int) -> tuple[int, list[Line]]:
    """The principal still lent x rate x the part of a year; else as the contract's table has it.
    It is less what was waived, or not used because the loan was paid off before."""
    minor, balance = one.book.agreed[n - 1].interest_minor, _lent_before(one, n)
    remade, whole = one.book.is_remade(n), _whole_interest(one, n)
    said = {"balance_minor": balance, "rate_ppm": one.rate_ppm}
    lines = [Line("by_change" if remade else "by_table", whole)]
    for part, of in _parts_of_a_year(one, n):
        if sums.by_rate(balance, one.rate_ppm, part, of) == whole:
            lines = [Line("by_rate", whole, said | {"part": part, "of": of})]
            break
    is_unused = one.paid_off and one.book.agreed[n - 1].due_on > one.book.payments[-1].day
    less = Line("unused" if is_unused else "waived", minor - whole)
    return minor, [*lines, less] if less.minor else lines


def _whole_interest(one: Owing, n: int) -> int:
    """The interest of instalment `n` before anything of it was waived or not used."""
    minor = one.book.agreed[n - 1].interest_minor
    return minor if one.book.is_remade(n) else int(one.terms["instalments"][n - 1][2])


def _parts_of_a_year(one: Owing, n: int) -> list[tuple[int, int]]:
    """What a period may count for: its months of twelve, its days of 360 or 365."""
    due, terms = one.book.agreed[n - 1].due_on, one.terms
    asking = [part.due_on for part in one.book.agreed[: n - 1] if part.n not in one.book.whole]
    since = asking[-1] if asking and terms.get("method") != "bullet" else 0
    since = max(since, one.disbursed_on)
    if one.book.is_remade(n) and one.lowers_at_once:
        since = max([since, *(paid.day for paid in one.book.payments[: one.book.since])])
    months = plain.said(terms, "unit") == "month"
    by_months = [(plain.number(terms, "every"), 12)] if months else []
    return by_months + [(due - since, 360), (due - since, 365)]


def _principal(one: Owing, n: int) -> tuple[int, list[Line]]:
    """The instalment less its interest; the last one what was left."""
    agreed = one.book.agreed[n - 1]
    if n == 1 and has_down(one.terms):
        return agreed.principal_minor, [Line("by_table", agreed.principal_minor)]
    if n == len(one.book.agreed) and not one.book.is_remade(n):
        earlier = _lent_before(one, n) - one.principal_minor
        lines = [Line("lent", one.principal_minor), Line("earlier_principal", earlier)]
        return agreed.principal_minor, [line for line in lines if line.minor]
    interest = _whole_interest(one, n)
    whole = Line("whole_instalment", agreed.principal_minor + interest)
    return agreed.principal_minor, [whole, Line("less_interest", -interest)]


def _lent_before(one: Owing, n: int) -> int:
    """The principal still lent before instalment `n`, as agreed; of one made anew, as changed."""
    if one.book.is_remade(n):
        return sum(part.principal_minor for part in one.book.agreed[n - 1 :])
    return one.principal_minor - sum(part.principal_minor for part in one.book.agreed[: n - 1])


OF_EACH: Final[Mapping[str, Callable[[Owing, int], tuple[int, list[Line]]]]] = {
    "instalment": _instalment,
    "interest": _interest,
    "principal": _principal,
}
