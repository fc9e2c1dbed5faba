"""`python -m dev.likeness`: weigh what the phrases of the guard have in common, and write it down.

Offences are those of `guard/phrases/offends.txt`; lawful words those of `passes.txt`, the wordings
that ship and what is offered instead. The lists of `benchmarks/` are not read: by them it is tried.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from evenhand.law.schema import CONTENT, LANGUAGES
from evenhand.outbound.contact import words
from evenhand.outbound.contact.guard import likeness
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.guard.things import things

PHRASES: Final = likeness.FILE.with_name("phrases")
SMOOTH: Final = 0.5
LEAST: Final = 2
"""How often a thing is there at least, to weigh anything."""
STANDS_OUT: Final = 0.25
"""What share of all categories' rates the first has at least, to be named."""
ENDS: Final = re.compile(r"(?<=[。！？!?.])\s*")

Offence = tuple[str, str]
"""Category and text."""


def main() -> None:
    """Write the weights."""
    likeness.FILE.write_text(written(weigh(offences(), lawful())), "utf-8")


def offences() -> list[Offence]:
    """The offences to learn from."""
    lines = (PHRASES / "offends.txt").read_text("utf-8").splitlines()
    read = [line.split(" ", 2) for line in lines]
    return [(category, text) for lang, category, text in read if lang != "en"]


def lawful() -> list[str]:
    """The lawful words to learn from, sentence by sentence where they ship."""
    lines = (PHRASES / "passes.txt").read_text("utf-8").splitlines()
    written = [said for key, said in words.shipped().items() if not key.endswith("/en")]
    shipped = [text for said in written for text in said.values()]
    shipped += [offer(name, lang) for name in CONTENT for lang in LANGUAGES if lang != "en"]
    plain = (re.sub(r"\{\w+\}", "某", text) for text in shipped)
    sentences = {each for text in plain for each in ENDS.split(text) if len(each) > 3}
    read = [line.split(" ", 1) for line in lines]
    return [text for lang, text in read if lang != "en"] + sorted(sentences)


Weighed = dict[str, tuple[int, str]]


def weigh(bad: Sequence[Offence], good: Sequence[str]) -> Weighed:
    """Each thing's weight, and the category whose offences have it oftenest: "-" where it is
    lawful's, "?" where it is hardly any one's (你).

    The logarithm of how much oftener an offence has it than lawful words do.
    """
    size = Counter(category for category, _text in bad)
    of_bad: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for category, text in bad:
        found = things(normal(text).text)
        of_bad.update(found)
        for each in found:
            kinds[each][category] += 1
    of_good = Counter(each for text in good for each in things(normal(text).text))
    return {
        each: (weight, _category(kinds[each], size) if weight > 0 else "-")
        for each in sorted(of_bad.keys() | of_good.keys())
        if of_bad[each] + of_good[each] >= LEAST
        and (weight := _weight(of_bad[each], len(bad), of_good[each], len(good)))
    }


def _category(often: Counter[str], size: Counter[str]) -> str:
    """The category whose offences have a thing oftenest, where it stands out among them."""
    rate = {name: often[name] / size[name] for name in CONTENT if size[name]}
    most = max(rate, key=lambda name: rate[name])
    return most if rate[most] >= STANDS_OUT * sum(rate.values()) else "?"


def written(weighed: Weighed) -> str:
    """The file: a line a weight and category, with the things of it."""
    lines: dict[tuple[int, str], list[str]] = defaultdict(list)
    for each, key in weighed.items():
        lines[key].append(each)
    return "".join("\t".join([f"{w}", name, *lines[w, name]]) + "\n" for w, name in sorted(lines))


def _weight(bad: int, of_bad: int, good: int, of_good: int) -> int:
    often = (bad + SMOOTH) / (of_bad + 2 * SMOOTH), (good + SMOOTH) / (of_good + 2 * SMOOTH)
    return round(1000 * math.log(often[0] / often[1]))


if __name__ == "__main__":
    main()
