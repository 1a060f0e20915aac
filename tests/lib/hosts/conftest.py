"""What the tests of hosts share."""

import pytest
from starlette.applications import Starlette

from lib.hosts.web import answers, forms
from pages import PAGES


@pytest.fixture(scope="session")
def files():
    """Every page in every form at its address, without a server; answers are kept."""
    return Starlette(routes=forms.routes(PAGES, answers.Answers()))
