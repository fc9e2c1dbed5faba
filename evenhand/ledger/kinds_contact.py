"""Kinds of facts about contacts: planned, refused, leaving, and what became of them.

`contact.intended`: `loans` is a list of [loan, rung, since]: each loan the contact is about takes
its own rung of the ladder by it, `since` the ISO day the rung counts from; `step` and `since` are
those of the loan that leads. A plain loan id in the list takes these.

A required notice takes no rung: its `loans` are none, the fact's own loan says what it is about,
its cause the fact it tells of, and `values` the figures and codes its words in the app are made
with.

`answers`: the contact is about a loan of another's, for which the person answers: the seq of their
own `party.joined`. Its `loans` are none.

`contact.disowned`: whoever has that number says that the person is somebody else; its cause is the
leaving it is said of, 0 where only the number is known. Until `number.confirmed` nothing goes
there.

A call made by hand is intended and leaving in one append, and what came of it is the `outcome` of
its `contact.sent`, which may have a sealed `note`. `why` says what it was about: a rung of the
ladder, a promise of that day, or a wish to be called back.

`promise.made`: the borrower said they would pay so much of that loan up to a day; its cause is the
leaving of the call in which it was said. Whether it was kept is read off the payments.

`reply.received`: words that came back from a number of the person's, sealed; the state `crisis`
where they are words of crisis, which collects nothing until a person has answered
(`reply.answered`).

`contact.failed`: `again` is 1 where another try may end otherwise, and a later close may intend it.
"""

from typing import Final

from evenhand.core import words
from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

DISOWNED_BY: Final = ("page", "reply", "hotline", "call")
"""How somebody said that what reached them was for another."""
CALLED_FOR: Final = ("promise", "call_back", "rung")
"""Why somebody is called: what was promised for today, a time the person chose, the ladder."""
WHY: Final = bodies.one_of(CALLED_FOR)

CONTACT: Final[dict[str, Kind]] = {
    "contact.intended": kind(
        {
            "channel": bodies.CHANNEL,
            **{key: check for key, check in bodies.CONTACT.items() if key != "by"},
            "step": bodies.integer,
            "since": bodies.iso_day,
            "loans": bodies.plain_list,
            "template": bodies.code,
            "lang": bodies.code,
            "due_at": bodies.integer,
            "packs": bodies.plain_dict,
            "verdict": bodies.plain_dict,
            "judged_seq": bodies.integer,
        },
        "dayclose staff borrower house",
        "contact",
        may={
            "by": bodies.CONTACT["by"],
            "values": bodies.plain_dict,
            "why": WHY,
            "answers": bodies.integer,
        },
    ),
    "contact.refused": kind(
        {"rules": bodies.plain_list, "not_before": bodies.integer},
        "dayclose staff borrower outbox",
        "contact",
        may=bodies.CONTACT
        | {
            "channel": bodies.CHANNEL,
            "packs": bodies.plain_dict,
            "loans": bodies.plain_list,
            "judged_seq": bodies.integer,
            "why": WHY,
            "answers": bodies.integer,
        },
    ),
    "contact.withdrawn": kind(
        {"reason": bodies.code}, "outbox dayclose staff house", "contact", caused=True
    ),
    "contact.leaving": kind(
        {
            "text": bodies.code,
            "packs": bodies.plain_dict,
            "channel": bodies.CHANNEL,
            "address": bodies.integer,
            "verdict": bodies.plain_dict,
            "judged_seq": bodies.integer,
        },
        "outbox staff dayclose",
        "contact",
        may={
            "reference": bodies.code,
            "lang": bodies.code,
            "words": bodies.code,
        },
        caused=True,
    ),
    "contact.sent": kind(
        {"provider": bodies.code, "reference": bodies.code},
        "outbox provider dayclose staff",
        "contact",
        may={"outcome": bodies.one_of(words.OUTCOMES), "note": bodies.code},
        caused=True,
    ),
    "contact.failed": kind(
        {"provider": bodies.code, "reason": bodies.code},
        "outbox provider dayclose",
        "contact",
        may={"reference": bodies.code, "again": bodies.integer},
        caused=True,
    ),
    "contact.unknown": kind(
        {"provider": bodies.code},
        "outbox provider dayclose",
        "contact",
        may={"reason": bodies.code, "reference": bodies.code},
        caused=True,
    ),
    "contact.reported": kind(
        {"provider": bodies.code, "fate": bodies.one_of(("delivered", "undelivered"))},
        "provider",
        may={"reference": bodies.code},
        caused=True,
    ),
    "promise.made": kind(
        {"amount_minor": bodies.integer, "currency": bodies.currency, "by": bodies.iso_day},
        "staff borrower",
    ),
    "contact.disowned": kind(
        {"address": bodies.integer, "via": bodies.one_of(DISOWNED_BY)},
        "house staff",
        "step",
    ),
    "reply.received": kind(
        {"text": bodies.code},
        "provider",
        "step",
        may={
            "state": bodies.one_of(("crisis",)),
            "point": bodies.integer,
            "reference": bodies.code,
        },
    ),
    "reply.answered": kind({"text": bodies.code}, "staff", "step", caused=True),
    "contact.prior": kind(
        {
            "at": bodies.integer,
            "channel": bodies.CHANNEL,
            "direction": bodies.one_of(words.DIRECTIONS),
            "outcome": bodies.one_of(words.OUTCOMES),
        },
        "import staff",
        "contact",
        may=bodies.CONTACT,
    ),
}
