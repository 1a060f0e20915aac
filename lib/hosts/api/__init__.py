"""The tables as an interface for software: ``/api/v1``, described at ``/api`` and ``/api/v1/openapi.json``."""
