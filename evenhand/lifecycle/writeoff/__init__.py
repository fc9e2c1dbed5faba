"""What the lender gives up, and what it takes off its books and is still owed."""
