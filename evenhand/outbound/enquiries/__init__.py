"""Data about a person: consent and purpose first, then the question, then the answer."""
