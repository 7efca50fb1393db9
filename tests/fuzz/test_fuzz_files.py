"""Any bytes as a source file, any damage to an index: an error of ours or a right answer."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.fuzz_targets import (
    DAMAGES,
    PLACES,
    SUFFIXES,
    Whole,
    build_small,
    check_index,
    check_source,
    damage,
    read_whole,
)

FUZZED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SAMPLES = Path(__file__).parents[1] / "gazetteer" / "sources" / "samples"
_GEOJSON = (
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"NAME_1":"Idlib"},'
    b'"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}}]}'
)
_GEONAMES = (
    "169389\tIdlib\tIdlib\tIdleb,إدلب\t35.93062\t36.63391\tP\tPPLA\tSY\t\t12\t\t\t\t128840"
    "\t\t446\tAsia/Damascus\t2022-01-01\n"
).encode()


def _pack(content: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("SY.txt", content)
    return kept.getvalue()


WHOLE_FILES = [PLACES.read_bytes(), _GEOJSON, _GEONAMES, _pack(_GEONAMES), b"name,lat,lon\nA,1,2\n"]
DAMAGED = st.builds(
    damage,
    st.sampled_from(WHOLE_FILES),
    st.sampled_from(DAMAGES),
    st.integers(0, 2000),
    st.binary(min_size=1, max_size=12),
)
TABLES = st.text(
    st.sampled_from("name,lat;lon\t\n\"'|1.5-9eEinfNaN\ufeffابgeonameid"), max_size=300
)
FILES = st.binary(max_size=400) | DAMAGED | TABLES.map(str.encode)


@FUZZED
@given(suffix=st.sampled_from(SUFFIXES), data=FILES)
@example(suffix=".csv", data=b"name,lat,lon\nA,nan,inf\n")
@example(suffix=".csv", data=b"name,lat,lon\nA,1e400,-1e400\n")
@example(suffix=".csv", data=b'name,lat,lon\n"A,1,2\n')
@example(suffix=".csv", data=b"name,lat,lon\n\x00,1,2\n")
@example(suffix=".csv", data="name,lat,lon\nA,1,2\n".encode("utf-16"))
@example(suffix=".zip", data=b"PK\x03\x04")
@example(suffix=".zip", data=b"PK\x05\x06" + bytes(18))
@example(suffix=".zip", data=b"PK\x05\x06" + bytes(12) + b"\0\0\0\1" + bytes(2))
@example(suffix=".zip", data=b"\0PK\x05\x06" + bytes(8) + b"\1" + bytes(9))
@example(suffix=".csv", data=b"name,lat,lon\nA,1,2,3,4\n")
@example(suffix=".csv", data=b'name,lat,lon\nA,1,2\n"B,3,4\nC,5,6\n')
@example(
    suffix=".geojson",
    data=b'{"type":"FeatureCollection","features":[{"type":"Feature","p":{"":"\xc9"},'
    b'"":{"":"","":[[[3],[3],[3],[3]]]}}]}',
)
@example(suffix=".geojson", data=b"{}")
@example(suffix=".geojson", data=b'{"type":"FeatureCollection","features":[]}')
@example(suffix=".json", data=b"[" * 4000)
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, suffix: str, data: bytes, recwarn: pytest.WarningsRecorder
) -> None:
    check_source(tmp_path, suffix, data)
    recwarn.clear()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Whole]:
    path = build_small(tmp_path_factory.mktemp("whole"))
    return path.with_name("damaged.gazetteer"), read_whole(path)


@FUZZED
@given(
    kind=st.sampled_from(DAMAGES),
    at=st.integers(0, 2**20) | st.integers(0, 200),
    piece=st.binary(min_size=1, max_size=64),
)
@example(kind="append", at=0, piece=b"\0")
@example(kind="cut", at=0, piece=b"\0")
@example(kind="cut", at=24, piece=b"\0")
@example(kind="flip", at=8, piece=b"\xff" * 8)
@example(kind="flip", at=16, piece=b"\xff" * 8)
@example(kind="flip", at=0, piece=b"\0")
def test_a_damaged_index_is_refused_or_answers_the_same(
    whole: tuple[Path, Whole], kind: str, at: int, piece: bytes
) -> None:
    path, kept = whole
    check_index(path, damage(kept.content, kind, at, piece), kept)
