"""Everything about one STP."""
