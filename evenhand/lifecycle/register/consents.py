"""The consents of registration: each with its purpose and words, given and withdrawn by facts."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.people import persons


class Consent(NamedTuple):
    """One consent as asked for; texts by language."""

    purpose: str
    version: int
    needed: bool
    title: Mapping[str, str]
    words: Mapping[str, str]
    why: Mapping[str, str]


@cache
def asked() -> tuple[Consent, ...]:
    """Every consent the house asks for, in the order of the page."""
    said = tomllib.loads(Path(__file__).with_name("consents.toml").read_text("utf-8"))
    return tuple(Consent(**each) for each in said["consent"])


def needed() -> set[str]:
    """The purposes without which there is no loan."""
    return {consent.purpose for consent in asked() if consent.needed}


def standing(facts: Sequence[Fact]) -> dict[str, int]:
    """The consents that stand: purpose -> seq. Withdrawing one for a purpose withdraws them all."""
    purpose_of: dict[int, str] = {}
    found: dict[str, int] = {}
    for fact in facts:
        if fact.kind == "consent.given":
            purpose_of[fact.seq] = fact.body["purpose"]
            found[fact.body["purpose"]] = fact.seq
        elif fact.kind == "consent.withdrawn" and fact.cause in purpose_of:
            found.pop(purpose_of[fact.cause], None)
    return found


def give(person: int, purposes: Iterable[str], lang: str, *, at: int) -> None:
    """Writes the consents that do not stand yet, each with its commitment to the words shown."""
    wanted = set(purposes)
    given = [consent for consent in asked() if consent.purpose in wanted]
    texts = persons.seal_texts(
        [(person, f"{each.title[lang]}\n{each.words[lang]}") for each in given]
    )

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        stands = standing(facts)
        return [
            _given(consent, text, lang, at)
            for consent, text in zip(given, texts, strict=True)
            if consent.purpose not in stands
        ]

    act(person, decide, at=at)


def withdraw(person: int, purpose: str, *, at: int) -> None:
    """Withdraws a consent that stands."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        seq = standing(facts).get(purpose, 0)
        return [Draft("consent.withdrawn", day_of(at), "borrower", cause=seq)] if seq else []

    act(person, decide, at=at)


def _given(consent: Consent, text: bytes, lang: str, at: int) -> Draft:
    body = {
        "purpose": consent.purpose,
        "text": text.hex(),
        "lang": lang,
        "version": consent.version,
    }
    return Draft("consent.given", day_of(at), "borrower", body=body)
