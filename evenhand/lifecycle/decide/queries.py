"""Every SQL statement of this room, named."""

KNOW = """
    insert into decide_application (loan, borrower) values (%s, %s) on conflict (loan) do nothing"""
BORROWER_OF = "select borrower from decide_application where loan = %s"
WAIT = "update decide_application set asked_at = %s where loan = %s"
WAITING = """
    select loan, borrower, asked_at from decide_application
    where asked_at > 0 order by asked_at, loan limit %s"""
