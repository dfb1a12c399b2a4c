"""What may be asked, when, of whom, and whether the answer is a whole page."""
