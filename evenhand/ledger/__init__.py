"""The books of facts: one append-only, hash-linked stream per borrower, and what follows."""
