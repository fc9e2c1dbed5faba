"""Assisted service: staff do a borrower's step for them, at the counter or on the telephone."""
