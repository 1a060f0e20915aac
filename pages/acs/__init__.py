"""ACS areas: the accountable care systems and devolution areas of June 2017."""
