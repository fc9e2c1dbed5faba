"""Every SQL statement of the join room, named."""

from typing import Final

INVITED: Final = "insert into join_invitation (digest, borrower, seq) values (%s, %s, %s)"
FOUND: Final = "select borrower, seq from join_invitation where digest = %s"
