"""What may be in a text of all that is looked for in a language, by one net."""

from functools import cache
from typing import NamedTuple

from evenhand.outbound.contact.guard import frames, lexicon
from evenhand.outbound.contact.guard.lexicon import Saying
from evenhand.outbound.contact.guard.net import Net
from evenhand.outbound.contact.guard.things import Found


class There(NamedTuple):
    """What may be in a text: sayings, and frames by their place."""

    sayings: list[Saying]
    frames: list[int]


class Reading:
    """The sayings and frames of a language, in one net: the frames are its last rows."""

    def __init__(self, lang: str) -> None:
        self.sayings = lexicon.sayings(lang)
        self.frames = frames.frames(lexicon.FILES[lang])
        self.net = Net([*(each.clauses for each in self.sayings), *self.frames.clauses])

    def may(self, found: Found) -> There:
        """What may be in a text that has these things."""
        rows, said = self.net.may(found), len(self.sayings)
        return There(
            [self.sayings[at] for at in rows if at < said],
            [at - said for at in rows if at >= said],
        )


@cache
def reading(lang: str) -> Reading:
    """What is read in a language."""
    return Reading(lang)
