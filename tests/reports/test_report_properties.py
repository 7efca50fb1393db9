"""What holds for every text, however strange."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reports.dates import DateAnchor, find_anchor, find_dates
from reports.decode import decode_report
from reports.report import make_report
from reports.sentences import find_sentences
from reports.tolls import find_tolls

PIECES = """
killed wounded dead were was had been at least 22 up to nearly two dozens men civilians a child
children including of them , . ; : - — “ ” and or as for on over 48 hours Saturday overnight into
January 23 2011 since between May late August the previous evening ago days last week no toll to
casualties from bodies found left another one said ( ) [AFP] Image: Read More » MOSCOW /TASS/
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\n\n"])
NEWSPEAK = st.lists(WORDS, max_size=40).map(" ".join)
TEXTS = st.one_of(NEWSPEAK, st.text(max_size=300))
DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


@given(TEXTS)
def test_sentences_cover_the_text_in_order(text):
    text = make_report(text).text
    end = 0
    for sentence in find_sentences(text, title=text[:20]):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(TEXTS, TEXTS)
def test_tolls_have_exact_spans_and_sane_figures(text, before):
    for toll in find_tolls(text, before=before):
        assert text[toll.start : toll.end] == toll.text
        figures = [figure for figure in (toll.low, toll.best, toll.high) if figure is not None]
        assert figures
        assert figures == sorted(figures)
        assert toll.kind in ("killed", "injured")


@given(TEXTS, DAYS, DAYS)
def test_dates_have_exact_spans_and_do_not_end_before_they_start(text, published, spoken_of):
    for found in find_dates(text, DateAnchor(published, ""), spoken_of=spoken_of):
        assert text[found.start : found.end] == found.text
        assert (found.date_start is None) == (found.date_end is None)
        assert found.date_start is None or found.date_start <= found.date_end
        assert found.precision in ("day", "week", "month", "year")


@given(TEXTS, DAYS)
def test_an_anchor_always_has_a_reason(text, today):
    anchor = find_anchor(make_report(text, published=today))
    assert anchor.reason
    assert anchor.published == today or today is None
    assert find_anchor(make_report(text), today=today).reason


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data):
    text, problem = decode_report(data)
    assert (text is None) <= bool(problem)
