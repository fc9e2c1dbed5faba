"""Disburse (放款): the money on its way, and what to do where somebody did not take the loan."""
