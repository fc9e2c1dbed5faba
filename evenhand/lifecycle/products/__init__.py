"""Products: the terms that loans may have, set by two hands and within the law's caps."""
