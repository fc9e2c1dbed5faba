"""Words to people: may, ask, outbox, send, results."""
