"""Every SQL statement of the enquiries room, named."""

from typing import Final

LEAVE: Final = "insert into enquiries_leaving (borrower, seq, leaving_at) values (%s, %s, %s)"
END: Final = "delete from enquiries_leaving where borrower = %s and seq = %s returning seq"
LOST: Final = """
    select borrower, seq from enquiries_leaving
    where leaving_at <= %s and (borrower, seq) > (%s, %s)
    order by borrower, seq limit 500"""
ANY_LOST: Final = "select exists (select from enquiries_leaving where leaving_at <= %s)"
