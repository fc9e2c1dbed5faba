"""What holds for a person for a while: complaints, disputes, plans, wishes and the like.

A state is a row from the fact that began it; the fact that ends it names that one as its cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy.typing as npt

from evenhand.core import words
from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.queries import query, query_for

STATE: Final[Fields] = {
    "borrower": "bigint",
    "seq": "integer",
    "kind": "smallint",
    "loan": "bigint",
    "at": "timestamptz",
    "since": "timestamptz",
    "until": "timestamptz",
    "channel": "smallint",
    "address": "bigint",
    "place": "smallint",
    "weekdays": "smallint",
    "from_minute": "smallint",
    "until_minute": "smallint",
}
ENDED: Final[Fields] = {"borrower": "bigint", "seq": "integer", "until": "timestamptz"}

WITHOUT_END: Final = 253_402_300_799_999_999
EVERY_WEEKDAY: Final = 127

BEGINS: Final = {
    "complaint.opened": "complaint_open",
    "complaint.appealed": "complaint_open",
    "complaint.collection_allowed": "complaint_heard",
    "dispute.opened": "dispute_open",
    "plan.proposed": "plan_asked",
    "plan.agreed": "agreement_in_force",
    "wish.opt_out": "opt_out",
    "wish.hours": "inconvenient",
    "contact.disowned": "number_disowned",
    "reply.received": "reply_waiting",
    "state.began": "",
}
"""Kind of fact -> word of the state; state.began says it itself."""
ENDS: Final = {
    "complaint.answered": ("complaint_open", "complaint_heard", "dispute_open"),
    "complaint.collection_allowed": ("complaint_open", "dispute_open"),
    "dispute.answered": ("dispute_open",),
    "plan.agreed": ("plan_asked",),
    "plan.declined": ("plan_asked",),
    "plan.withdrawn": ("plan_asked",),
    "plan.refused": ("plan_asked",),
    "plan.lapsed": ("plan_asked",),
    "plan.ended": ("agreement_in_force",),
    "wish.withdrawn": ("opt_out", "inconvenient", "cease_request"),
    "number.confirmed": ("number_disowned",),
    "reply.answered": ("reply_waiting", "crisis"),
    "state.ended": words.STATE_KINDS,
}

ByKind = Mapping[str, Sequence[Fact]]


def states(borrowers: npt.ArrayLike) -> Records:
    """Every state of these borrowers (`STATE`), ended ones too, by borrower and seq.

    `at` is when we learnt it, `since` when it began (0 where not said), `until` its end
    (WITHOUT_END), moments in microseconds UTC. What is not narrowed is words.ANY; `loan` 0 means
    every loan.
    """
    return columns.columns(query_for("states", borrowers), {"borrowers": Array(borrowers)}, STATE)


def states_by(facts: Iterable[Fact]) -> Records:
    """The same from facts alone, by borrower and seq; of what was known once, say."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.kind, []).append(fact)
    rows, later = _folded(grouped)
    assert not later, "these facts begin in the middle of a stream"
    return columns.records([tuple(row.values()) for row in rows], STATE)


def stands(borrower: int, loan: int, word: str, *, at: int) -> bool:
    """Does this state stand for this loan at a moment? What is said of no loan is said of all.

    Whoever reports a loan to a bureau asks this of identity_theft first.
    """
    held = states([borrower])
    now = (held["kind"] == words.code(word, words.STATE_KINDS)) & (held["until"] > at)
    return bool((now & ((held["loan"] == loan) | (held["loan"] == 0))).any())


def everybody_in(word: str, *, at: int) -> list[tuple[int, int, int, int]]:
    """(borrower, seq, loan, learnt at) of every state of this word that stands, oldest first."""
    wanted = {"kind": words.code(word, words.STATE_KINDS), "at": at}
    return [
        (b, seq, loan, learnt)
        for b, seq, loan, learnt in columns.rows(query("standing_states"), wanted)
    ]


def project(by_kind: ByKind) -> None:
    """Begin and end states; ValueError where a cause began no state of that kind."""
    begun_rows, later = _folded(by_kind)
    if begun_rows:
        begun = columns.records([tuple(row.values()) for row in begun_rows], STATE)
        columns.put("ledger_state", begun, STATE)
    for kind, ended in later.items():
        codes = [words.code(word, words.STATE_KINDS) for word in ENDS[kind]]
        rows = columns.records(ended, ENDED)
        params = columns.arrays(rows, ENDED)
        params["kinds"] = Array(codes, "integer")
        if columns.run(query_for("end_states", rows["borrower"]), params) != len(ended):
            raise ValueError(f"{kind}: its cause is no such state that stands")


def _folded(by_kind: ByKind) -> tuple[list[dict[str, Any]], dict[str, list[tuple[int, int, int]]]]:
    """Rows begun by these facts, and (borrower, seq, until) of the states begun before them."""
    begun = {
        (fact.borrower, fact.seq): _begun(fact) for kind in BEGINS for fact in by_kind.get(kind, ())
    }
    later: dict[str, list[tuple[int, int, int]]] = {}
    for kind, ended in ENDS.items():
        for fact in by_kind.get(kind, ()):
            if not fact.cause:  # a plan that nobody had asked for ends nothing
                continue
            row = begun.get((fact.borrower, fact.cause))
            if row is None:
                later.setdefault(kind, []).append((fact.borrower, fact.cause, fact.at))
                continue
            if words.STATE_KINDS[row["kind"]] not in ended or row["until"] <= fact.at:
                raise ValueError(f"{kind}: its cause is no such state that stands")
            row["until"] = fact.at
    return [begun[key] for key in sorted(begun)], later


def unbounded(borrower: int, seq: int, word: str, at: int) -> dict[str, Any]:
    """A state (`STATE`) of a person, learnt at a moment, of all loans and narrowed to nothing."""
    return {
        "borrower": borrower,
        "seq": seq,
        "kind": words.code(word, words.STATE_KINDS),
        "loan": 0,
        "at": at,
        "since": 0,
        "until": WITHOUT_END,
        "channel": words.ANY,
        "address": words.ANY,
        "place": words.ANY,
        "weekdays": EVERY_WEEKDAY,
        "from_minute": 0,
        "until_minute": 1440,
    }


def _begun(fact: Fact) -> dict[str, Any]:
    body = fact.body
    word = body.get("state") or BEGINS[fact.kind]
    narrowed: dict[str, Any] = {"loan": fact.loan}
    for key in ("since", "until", "address", "from_minute", "until_minute"):
        if key in body:
            narrowed[key] = body[key]
    for key, among in (("channel", words.CHANNELS), ("place", words.PLACES)):
        if key in body:
            narrowed[key] = words.code(body[key], among)
    if weekdays := body.get("weekdays"):
        narrowed["weekdays"] = sum(words.bit(each, words.WEEKDAYS) for each in set(weekdays))
    return unbounded(fact.borrower, fact.seq, word, fact.at) | narrowed
