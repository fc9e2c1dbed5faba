"""A change of law as a page: what becomes of each rule between two packs, or in one between two
days, with both sides' sources."""

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.console import law_figures
from evenhand.console.law import day_of
from evenhand.law import loader
from evenhand.law.change import Change, Said, Side, changes
from evenhand.law.loader import Ref
from evenhand.people.access import StaffRequest, page
from evenhand.web import rules


class Told(NamedTuple):
    """A rule before or after: its id, its sentence in the reader's language, its sources."""

    rule: str
    sentence: str
    refs: tuple[Ref, ...]


class Changed(NamedTuple):
    """What becomes of a rule. `figures` are the differences, a line each."""

    type: str
    sort: str
    title: str
    before: Told | None
    after: Told | None
    figures: tuple[str, ...]

    @property
    def says_the_same(self) -> bool:
        """The sentence is the same on both sides, whatever else changed."""
        both = self.before and self.after
        return bool(both and self.before.sentence == self.after.sentence)  # type: ignore[union-attr]


@require_GET
@page("law")
def diff(request: StaffRequest) -> HttpResponse:
    """`?before=cn&on=2026-01-01&after=cn&and=2026-11-24`; without, our own law since New Year."""
    today: date = request.clock.today()
    before = _side(
        request, "before", settings.EVENHAND_PACKS[0], "on", today.replace(month=1, day=1)
    )
    after = _side(request, "after", before.pack.name, "and", today)
    shown = {
        "names": [(name, rules.pack_title(name)) for name in loader.names()],
        "before": before,
        "after": after,
    }
    return render(request, "console/law_diff.html", shown | change_of(before, after))


def change_of(before: Side, after: Side) -> dict[str, Any]:
    """A change of law for `console/law_changes.html`, and how many rules stay as they were."""
    found = changes(before, after)
    return {
        "changes": [_changed(one) for one in found if one.sort != "stays"],
        "staying": sum(one.sort == "stays" for one in found),
    }


def _side(request: StaffRequest, key: str, pack: str, day_key: str, day: date) -> Side:
    """A pack that ships on a day, as the address says; else those given."""
    named = request.GET.get(key, "")
    chosen = named if named in loader.names() else pack
    return Side(loader.load(chosen), day_of(request, day_key, day))


def _changed(one: Change) -> Changed:
    said = one.after or one.before
    assert said is not None, "a change is of a rule"
    title = said.rule.title[rules.tag()]
    figures = tuple(map(law_figures.said, one.differences))
    return Changed(one.type, one.sort, title, _told(one.before), _told(one.after), figures)


def _told(said: Said | None) -> Told | None:
    if said is None:
        return None
    return Told(said.rule.id, said.rule.plain(said.value, rules.tag()), said.value.refs)
