"""What staff see across loans."""
