"""Wordings: which words may leave, and what staff wrote that did not."""
