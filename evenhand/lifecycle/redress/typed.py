"""The form of a complaint as sent: few fields, all but the ground may be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from evenhand.ledger import loans
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_state import GROUNDS, SAYS, SUM
from evenhand.lifecycle.redress.acts import Wanted
from evenhand.people import staff
from evenhand.web.figures import heading

TEXT_MAX: Final = 2_000
NUMBER_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and the clear sentence beside each field that does not do."""

    ground: str = ""
    loan: str = "0"
    text: str = field(default="", repr=False)
    about: str = ""
    figure: str = ""
    says: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def wanted(self, via: str) -> Wanted:
        """The complaint. A number nobody of ours has stays in the words, so that it is not lost."""
        by = staff.numbered(self.about) if self.about else 0
        lines = [self.text]
        if self.about and not by:
            lines.append(_("Employee number: %(number)s") % {"number": self.about})
        text = "\n".join(line for line in lines if line)
        own = (self.figure, self.says) if self.ground == SUM else ("", "")
        return Wanted(self.ground, via, text, int(self.loan), by, *own)


def read(post: Mapping[str, str], known: Sequence[int]) -> Typed:
    """The form as sent by somebody with these loans."""
    ground, loan = post.get("ground", ""), post.get("loan", "0") or "0"
    text, about = post.get("text", "").strip(), post.get("about", "").strip()
    errors = {}
    if ground not in GROUNDS:
        errors["ground"] = _("Choose what it is about.")
    if not loan.isdecimal() or int(loan) not in (0, *known):
        errors["loan"] = _("Choose one of these loans, or all.")
    errors |= words_error(text)
    if len(about) > NUMBER_MAX:
        errors["about"] = _("An employee number is shorter. Leave it out if you do not know it.")
    return Typed(ground, loan, text, about, *_disputed(post), errors)


def asked(sent: Mapping[str, str], known: Sequence[int]) -> Typed:
    """What a link to the form says already: a sum that is disputed, of one of these loans."""
    loan = sent.get("loan", "")
    if not loan.isdecimal() or int(loan) not in known:
        return Typed()
    figure, says = _disputed(sent)
    return Typed(SUM, loan, figure=figure, says=says)


def _disputed(sent: Mapping[str, str]) -> tuple[str, str]:
    """The figure and what is said of it; of what nobody knows nothing."""
    figure, says = sent.get("figure", ""), sent.get("says", "")
    return figure if heading(figure) else "", says if says in SAYS else ""


def words_error(text: str, *, needed: bool = False) -> dict[str, str]:
    """What is wrong with the words, by field."""
    if needed and not text:
        return {"text": _("Write it in a few words.")}
    if len(text) > TEXT_MAX:
        return {"text": _("That is too long. Up to %(most)s characters.") % {"most": TEXT_MAX}}
    return {}


def loans_of(facts: Sequence[Fact]) -> list[int]:
    """The loans a person may complain about: their own, and those they answer for."""
    kinds = ("party.joined", "loan.signed")
    return sorted({f.loan for f in facts if f.loan and (loans.begins(f) or f.kind in kinds)})
