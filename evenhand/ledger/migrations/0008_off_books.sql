-- Loans taken off the books are rare among the facts, and are asked for whole by whoever answers for the book: written
-- off, undone (the loan's facts from w on, among them what was withdrawn), and charged off.
create index ledger_fact_off_books on ledger_fact (kind, borrower, seq)
    where kind >= 'loan.w' and kind < 'loan.x';
create index ledger_fact_charged_off on ledger_fact (kind, borrower, seq) where kind = 'loan.charged_off';
