"""The bundled gazetteer, built once for the tests that read whole reports."""

import pytest

from gazetteer.store import open_gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory):
    with open_gazetteer(tmp_path_factory.mktemp("gazetteer")) as opened:
        yield opened
