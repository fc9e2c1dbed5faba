"""Apply: how much, for how long, what for, from what means; kept as typed until it is sent."""
