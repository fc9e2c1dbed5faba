"""Due notices and reminders: the first words to a borrower."""
