"""The evidence pack: everything of one's own, to take away and prove elsewhere."""
