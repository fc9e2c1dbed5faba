"""A simulated provider of identity: it goes by the identity number and keeps what it answered.

The rules are in this room's README. It keeps its answers by our keys and nothing about anybody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, cast

from django.db import connection, transaction

from evenhand.providers.identity.message import ELEMENTS, Answer, Question, Student, Word

_KEEP: Final = """
    insert into identity_simulator_answer (key, answer, checked, student, at)
    values (%s, %s, %s, %s, %s)
    on conflict (key) do nothing
"""
_KEPT: Final = "select answer, checked::text, student from identity_simulator_answer where key = %s"

ORDINAL: Final = slice(14, 16)
"""The first two of the three digits before the check digit: what the rules go by."""
MISMATCH: Final = "99"
UNCLEAR: Final = "98"
STUDENT: Final = "97"
ANSWER_LOST: Final = "96"
NEVER_CAME: Final = "95"
NOT_OF_THIS_NAME: Final = "0404"
"""How the number of an account ends that belongs to somebody else."""

_ALL_MATCH: Final[Mapping[str, Word]] = dict.fromkeys(ELEMENTS, "match")


class Simulator:
    """A provider that remembers every key and answers look-ups."""

    name = "simulator"

    def ask(self, question: Question) -> Answer:
        """Answer by the rules and keep it; where the answer is to be lost, keep it and say nothing.

        Commits by itself: were the caller's process to die after this call, it has answered.
        """
        ordinal = question.identity[ORDINAL]
        if ordinal == NEVER_CAME:
            return Answer(question.key, "unasked", reason="unreachable")
        said = _by_the_rules(question)
        row = (said.key, said.answer, json.dumps(said.checked), said.student, question.at)
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_KEEP, row)
        if ordinal == ANSWER_LOST:
            return Answer(question.key, "unknown", reason="answer_lost")
        return self.look_up(question.key)

    def look_up(self, key: str) -> Answer:
        """The answer it gave to this key; unasked for one that never came."""
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [key])
            row = cursor.fetchone()
        if row is None:
            return Answer(key, "unasked", reason="never_received")
        answer, checked, student = row
        return Answer(key, answer, _pairs(checked), student, f"sim-{key}")


def _by_the_rules(question: Question) -> Answer:
    ordinal = question.identity[ORDINAL]
    if ordinal == UNCLEAR:
        return Answer(question.key, "unclear", student="no")
    found = dict(_ALL_MATCH)
    if ordinal == MISMATCH:
        found["identity"] = "mismatch"
    if question.account.endswith(NOT_OF_THIS_NAME):
        found["account"] = "mismatch"
    answer: Word = "mismatch" if "mismatch" in found.values() else "match"
    student: Student = "yes" if ordinal == STUDENT else "no"
    return Answer(question.key, answer, tuple(found.items()), student)


def _pairs(checked: str) -> tuple[tuple[str, Word], ...]:
    return tuple((str(element), cast(Word, word)) for element, word in json.loads(checked))
