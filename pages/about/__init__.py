"""What this site is, what it keeps of readers, and for whom it can be used."""
