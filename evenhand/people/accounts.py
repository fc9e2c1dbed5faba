"""Bank accounts of a person: sealed in the vault, masked on pages, opened where money leaves."""

import json
from dataclasses import dataclass, field

from evenhand.people import points, vault
from evenhand.people.masks import mask_account

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class MaskedAccount:
    """An account as pages show it: the bank, and the last four digits."""

    item: int
    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account in clear, for the transfer that leaves now."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    bank: str = field(repr=False)


def add_account(person: int, number: str, bank: str) -> int:
    """Keeps an account of the person's own; returns its id. Raises vault.Erased."""
    plain = json.dumps({"number": number, "bank": bank}, ensure_ascii=False)
    return vault.keep(person, ACCOUNT, plain.encode())


def accounts(person: int) -> list[MaskedAccount]:
    """The person's accounts in use, oldest first."""
    marks = points.marks(person)
    return [
        MaskedAccount(opened.item, said["bank"], mask_account(said["number"]))
        for opened in vault.of_persons([person], [ACCOUNT])
        if not marks.get(opened.item, points.UNMARKED).retired
        for said in [json.loads(opened.plain)]
    ]


def account_for_transfer(item: int) -> Account:
    """The account in clear with its holder's name; for `outbound` at the moment of sending only.

    The fact of the leaving is the trace, so no look is logged. Raises vault.Erased.
    """
    found = [opened for opened in vault.by_id([item]) if opened.kind == ACCOUNT]
    if not found:
        raise vault.Erased(item)
    names = vault.of_persons([found[0].person], ["name"])
    said = json.loads(found[0].plain)
    name = names[-1].plain.decode() if names else ""
    return Account(name, said["number"], said["bank"])
