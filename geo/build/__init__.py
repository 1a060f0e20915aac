"""The pipeline: fact tables and LSOA outlines to ``data/`` and ``static/``."""
