"""Holding heads still: for whoever writes more than facts about what was judged.

An append alone needs no holding. But look_on, a position or an outbox row worked out from a stream
must not be written over what a fact learnt meanwhile has written: hold the heads first, write for
those that still stand where they were read, and leave the others to be judged again.
"""

import numpy as np
import numpy.typing as npt
from django.db import connection

from evenhand.ledger.columns import Array, rows
from evenhand.ledger.queries import query_for


def hold(borrowers: npt.ArrayLike, seqs: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Which streams still stand at these seqs; those heads move for nobody else until we commit.

    Inside a transaction only. A stream nobody has written to cannot be held.
    """
    assert connection.in_atomic_block, "heads are held by a transaction"
    wanted = np.asarray(borrowers, dtype=np.int64)
    params = {"borrowers": Array(wanted), "seqs": Array(seqs, "integer")}
    found = rows(query_for("hold_heads", wanted), params)
    return np.isin(wanted, np.array([row[0] for row in found], dtype=np.int64))
