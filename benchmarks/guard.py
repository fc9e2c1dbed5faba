"""`make bench-guard`: how many messages a second the guard for words reads on one core.

Messages never read before are two texts each of what lawful people write, mostly of two languages,
no two alike and each read once: two thousand by a process that has just loaded the lexicon and has
met no letter and no word, then two thousand at a time by the same one. Ordinary messages are the
house's own templates and plain sentences, hard ones are half offending, so that every excuse and
sound is asked: few texts, read again and again. Nothing is remembered of a message; of letters and
words it is, what they are good for. Beside it, the time to look for two hundred plain words in the
same texts, as the least a list of forbidden words would take. Then what becomes
of the phrases in `unseen/`, which no pattern was made with and no weight counted from; of the two
longer lists there (`collectors.txt`, `lender.txt`) half A was worked on and half B never looked at.
"""

import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from evenhand.outbound.contact import words
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.guard.screen_test import OFFENDS, PASSES

TEXTS: Final = 2_000
PHRASES: Final = Path(lexicon.__file__).with_name("phrases")
UNSEEN: Final = Path(__file__).with_name("unseen")
ROUNDS: Final = 5
READ: Final = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}

Texts = Sequence[tuple[str, str]]


def main() -> None:
    """Print the rates: median of five rounds and their spread."""
    began = time.process_time()
    screen("Hello 您好", "en")
    print(f"the lexicon is loaded in {time.process_time() - began:.2f} CPU seconds")
    new = [_new(at) for at in range(ROUNDS + 1)]
    _row("never read, by a new process", new[:1])
    _row("never read", new[1:])
    own = [(READ[lang], text) for lang in READ for text in _texts(lang)]
    ordinary = _many([*own, *PASSES])
    hard = _many([*PASSES, *((lang, text) for lang, _category, text in OFFENDS)])
    forbidden = [each.pattern.pattern[:8] for each in lexicon.sayings("zh-Hans")][:200]
    _row("ordinary messages", [ordinary] * ROUNDS)
    _row("hard messages", [hard] * ROUNDS)
    _row(
        "a list of words, hard messages",
        [hard] * ROUNDS,
        lambda text, _: [word in text for word in forbidden],
    )
    _unseen()
    for half in "AB":
        _collectors(half)


def _unseen() -> None:
    """What becomes of phrases that nothing of the guard was made with."""
    lines = (UNSEEN / "offends.txt").read_text("utf-8").splitlines()
    bad = [line.split(" ", 2) for line in lines]
    found = [{each.category for each in screen(text, lang)} for lang, _category, text in bad]
    named = sum(category in some for (_lang, category, _text), some in zip(bad, found, strict=True))
    good = [x.split(" ", 1) for x in (UNSEEN / "passes.txt").read_text("utf-8").splitlines()]
    wrong = sum(bool(screen(text, lang)) for lang, text in good)
    for name, pick in (("Chinese", False), ("English", True)):
        of = [
            bool(some)
            for (lang, *_), some in zip(bad, found, strict=True)
            if (lang == "en") == pick
        ]
        print(f"unseen offences held back, {name:17} {sum(of)} of {len(of)}")
    print(
        f"named as what they are {named} of {len(bad)}; lawful words stopped {wrong} of {len(good)}"
    )


def half_of(text: str) -> str:
    """A or B, by the last bit of the text's SHA-256."""
    return "AB"[hashlib.sha256(text.encode()).digest()[-1] & 1]


def _collectors(half: str) -> None:
    """What becomes of one half of what collectors and lenders write."""
    lines = (UNSEEN / "collectors.txt").read_text("utf-8").splitlines()
    bad = [each for each in (line.split(" ", 2) for line in lines) if half_of(each[2]) == half]
    found = [{each.category for each in screen(text, lang)} for lang, _category, text in bad]
    lines = (UNSEEN / "lender.txt").read_text("utf-8").splitlines()
    good = [each for each in (line.split(" ", 1) for line in lines) if half_of(each[1]) == half]
    for read in READ.values():
        of = [bool(some) for each, some in zip(bad, found, strict=True) if each[0] == read]
        print(f"half {half}, {read:8} held back {sum(of)} of {len(of)}")
    named = sum(each[1] in some for each, some in zip(bad, found, strict=True))
    wrong = sum(bool(screen(text, lang)) for lang, text in good)
    print(f"half {half}, named {named} of {len(bad)}; lawful words stopped {wrong} of {len(good)}")


def _texts(lang: str) -> list[str]:
    shipped = words.shipped().items()
    return [said["text"] for key, said in shipped if key.startswith("sms/") and key.endswith(lang)]


def _many(texts: Texts) -> Texts:
    return [texts[n % len(texts)] for n in range(TEXTS)]


def _new(batch: int) -> Texts:
    """Two thousand messages, no two alike in any batch: a phrase and the one some way behind it."""
    said = [line.split(" ", 1) for line in (PHRASES / "passes.txt").read_text("utf-8").splitlines()]
    return [
        (
            said[n % len(said)][0],
            said[n % len(said)][1] + said[(n * 7 + n // len(said)) % len(said)][1],
        )
        for n in range(batch * TEXTS, (batch + 1) * TEXTS)
    ]


def _row(name: str, batches: Sequence[Texts], read: Callable[[str, str], object] = screen) -> None:
    rates = sorted(_rate(texts, read) for texts in batches)
    median = statistics.median(rates)
    print(f"{name:32} {median:10,.0f} a CPU second  ({rates[0]:,.0f} to {rates[-1]:,.0f})")


def _rate(texts: Texts, read: Callable[[str, str], object]) -> float:
    began = time.process_time()
    for lang, text in texts:
        read(text, lang)
    return len(texts) / (time.process_time() - began)


if __name__ == "__main__":
    main()
