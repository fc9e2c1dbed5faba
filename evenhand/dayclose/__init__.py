"""End of day: who to look at, where they stand, the next step, and what was done."""
