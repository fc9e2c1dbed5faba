"""Decide: policy rules, what a person can afford, a scorecard's points; a person on request."""
