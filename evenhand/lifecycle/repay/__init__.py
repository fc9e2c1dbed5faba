"""Repay (还款): what is due and why, paying it, and the proof that it is paid."""
