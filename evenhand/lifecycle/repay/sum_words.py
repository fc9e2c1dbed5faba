"""A sum in the reader's language: the same sentences on pages, in the file, in `evenhand why`."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from evenhand.lifecycle.repay.sum_lines import DAYS, MONEY, Line, Parts, Sum
from evenhand.web import figures, shown

LINES: Final[Mapping[str, str]] = {
    "instalment": _("Instalment %(n)s, due %(due_on)s"),
    "to_instalment": _("Instalment %(n)s"),
    "principal": _("principal"),
    "interest": _("interest"),
    "late_interest": _("late interest"),
    "fee": _("fee"),
    "paid_ahead": _("paid ahead of all instalments"),
    "whole_ahead": _("paid ahead; what its days still cost is due with the next instalment"),
    "waived": _("waived"),
    "moved_on": _("paid with the instalments after it, since they were changed"),
    "by_change": _("as worked out when the instalments were changed"),
    "payment": _("Payment of %(paid_on)s"),
    "paid_on": _("paid on %(paid_on)s"),
    "over": _("more than was owed"),
    "all_it_paid": _("what was paid of the loan"),
    "stretch": _("%(principal_minor)s × %(days)s (days from %(since_on)s to %(until_on)s)"),
    "stood_still": _("days between on which it stood still: %(days)s"),
    "at_rate": _("all of it × %(late_ppm)s ÷ %(year)s"),
    "cap": _("all late interest ever charged ends at %(cap_minor)s, %(cap_ppm)s of what was lent"),
    "brought": _("brought along when the loan was taken over"),
    "brought_by_change": _("from before the instalments were changed"),
    "late_paid": _("paid already"),
    "a_day_of": _("instalment %(n)s: %(principal_minor)s × %(late_ppm)s ÷ %(year)s for a day"),
    "late_upto": _("all late interest up to %(until_on)s, rounded"),
    "less_late_upto": _("less all of it up to %(until_on)s, rounded"),
    "oldest": _("Oldest unpaid due day %(since_on)s; to %(on)s so many days: %(days)s"),
    "due_up_to_then": _("Everything due up to then: %(due_minor)s"),
    "later_step": _("step of %(step_on)s"),
    "principal_left": _("Principal not paid yet"),
    "past_interest": _("Interest of instalments that were due"),
    "running": _("Interest of the running instalment"),
    "share": _("%(whole_minor)s × %(used)s of %(period)s days"),
    "ahead": _("less interest you paid ahead"),
    "not_below_zero": _("less interest than that is owed: nothing more is to be paid"),
    "by_rate": _("%(balance_minor)s still lent × %(rate_ppm)s × %(part)s ÷ %(of)s"),
    "part_cent": _("with the part of a cent that the payment before left over, or took"),
    "by_table": _("as it stands in your contract's table"),
    "unused": _("not used, because the loan was paid off before"),
    "lent": _("lent"),
    "earlier_principal": _("less the principal of the instalments before"),
    "whole_instalment": _("the instalment"),
    "less_interest": _("less its interest"),
    "worth": _("Instalment %(n)s: %(minor)s ÷ (1 + %(rate_e10)s) ^ %(periods)s = %(worth_minor)s"),
    "worth_all": _("together %(worth_minor)s: what was lent, %(lent_minor)s, but for rounding"),
    "times_a_year": _("%(rate_e10)s × %(a_year)s"),
    "times_part": _("%(rate_e10)s × %(a_year)s ÷ %(of)s"),
    "worth_odd": _(
        "Instalment %(n)s: %(minor)s ÷ (1 + %(rate_e10)s) ^ %(periods)s ÷ (1 + %(rate_e10)s ×"
        " %(part)s ÷ %(of)s) = %(worth_minor)s"
    ),
}
RULES: Final[Mapping[str, str]] = {
    "oldest_first": _(
        "A payment pays the oldest instalment first; in it late interest, then interest, then"
        " principal."
    ),
    "goes_on": _("What is left goes on to the next instalment. What exceeds the loan is yours."),
    "oldest_first_fees": _(
        "A payment pays the oldest instalment first; in it late interest, then the fee, then"
        " interest, then principal."
    ),
    "own_order": _("A payment pays in the order that your contract names."),
    "over_is_yours": _("What exceeds the loan is yours."),
    "rounded": _("Each figure is rounded to the cent once."),
    "rounded_once": _("Each figure is rounded to the cent once, half to even."),
    "no_interest_on_interest": _("Interest and late interest bear no interest."),
    "late_rule": _(
        "Unpaid principal × days × rate ÷ days of a year, for each instalment past due, from the"
        " day after its due day."
    ),
    "days_sum_up": _("It is what the whole grows by, so the days add up to it to the cent."),
    "days_used": _("You pay interest for the days you had the money, and for none after."),
    "paid_on_time": _("It is so if every instalment is paid on its day."),
    "rate_rounded": _("The rate is rounded once, to a hundredth of a per cent."),
}


class Said(NamedTuple):
    """A line in words; `sign` and `amount` where it adds or takes off something."""

    text: str
    sign: str
    amount: str
    figure: str
    parts: str
    under: list["Said"]


class Told(NamedTuple):
    """A sum in words."""

    heading: str
    total: str
    lines: list[Said]
    rules: list[str]


def told(found: Sum, currency: str) -> Told:
    """The sum in the reader's language."""
    heading = figures.numbered(found.figure, found.n)
    lines = [_said(line, currency) for line in found.lines]
    return Told(heading, _total(found, currency), lines, [gettext(RULES[r]) for r in found.rules])


def plain(sum_: Told) -> list[str]:
    """The same as lines of text."""
    lines = [f"{sum_.heading}: {sum_.total}", *_plain(sum_.lines, "  ")]
    return lines + [f"  {rule}" for rule in sum_.rules]


def _plain(lines: Sequence[Said], before: str) -> list[str]:
    found: list[str] = []
    for line in lines:
        sign = f"{line.sign} " if line.sign else ""
        amount = f"  {line.amount}" if line.amount else ""
        parts = f" = {line.parts}" if line.parts else ""
        found.append(f"{before}{sign}{line.text}{amount}{parts}")
        found += _plain(line.under, before + "    ")
    return found


def _said(line: Line, currency: str) -> Said:
    values = {name: _value(name, value, currency) for name, value in line.values.items()}
    text = gettext(LINES[line.code]) % values
    under = [_said(each, currency) for each in line.under]
    parts = _parts(line.parts, currency)
    if line.minor is None:
        return Said(text, "", "", line.figure, parts, under)
    sign = "−" if line.minor < 0 else "+"
    return Said(text, sign, _money(abs(line.minor), currency), line.figure, parts, under)


def _parts(parts: Parts, currency: str) -> str:
    """What a line is made of; nothing where it is one part whole."""
    named = [f"{gettext(LINES[code])} {_money(abs(minor), currency)}" for code, minor in parts]
    return " + ".join(named) if len(named) > 1 else ""


def _total(found: Sum, currency: str) -> str:
    if found.of == MONEY:
        return _money(found.total, currency)
    return str(found.total) if found.of == DAYS else shown.hundredths(found.total)


def _money(minor: int, currency: str) -> str:
    return f"{currency}\u00a0{shown.amount(minor, currency)}"


def _value(name: str, value: int, currency: str) -> str:
    if name.endswith("minor"):
        return _money(value, currency)
    if name == "on" or name.endswith("_on"):
        day = shown.as_date(value)
        return shown.day_text(day) if day else shown.NONE
    if name.endswith("_ppm"):
        return shown.percent(value)
    if name.endswith("_e10"):
        whole, rest = divmod(value, 10**8)
        return f"{whole}.{rest:08d}%"
    return str(value)
