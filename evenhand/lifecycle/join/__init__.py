"""Co-borrowers and guarantors: invited by a code, and they answer for themselves."""
