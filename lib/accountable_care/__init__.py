"""The accountable care systems and devolution areas: what they are made of and who decides."""
