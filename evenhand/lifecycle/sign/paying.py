"""Where to pay, as the contract says it: the register's entries of a day, and the loan's code."""

from datetime import date
from typing import Final

from evenhand.outbound.payments import reference, register
from evenhand.outbound.payments.register import Channel
from evenhand.web.documents.words import words

ACCOUNT: Final = ("payee", "bank", "number")


def channels(loan: int, lang: str, on: date) -> list[list[list[str]]]:
    """For each entry that counts on a day its rows (name, value); empty where there is none."""
    said = words(lang)["contract"]["channel"]
    code = [said["reference"], reference.of(loan)]
    return [_rows(channel, said, code) for channel in register.channels(on)]


def _rows(channel: Channel, said: dict[str, str], code: list[str]) -> list[list[str]]:
    if channel.kind == "account":
        return [*([said[key], str(getattr(channel, key))] for key in ACCOUNT), code]
    return [[said[channel.kind], channel.address]]
