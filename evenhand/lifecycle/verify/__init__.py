"""Verify: is this really you, not me, and reports of frauds in our name."""
