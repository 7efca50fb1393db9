"""CENTCOM's "Near X" lines: is each a settlement of the right country, and which are doubtful?

The lines have no positions; what is checked is class and country, and the doubtful are listed.
"""

from collections.abc import Sequence
from typing import Any

from benchmarks.names_answers import Answer

_SURE = 0.8
_SETTLED = frozenset({"settlement", "neighbourhood"})
_RUNNERS_SHOWN = 3


def score_centcom(answers: Sequence[Answer]) -> dict[str, Any]:
    """How many names come out as a settlement of the country named, and the doubtful ones."""
    doubtful = [(answer, list_doubts(answer)) for answer in answers]
    return {
        "n": len(answers),
        "settlements": sum(is_settled(answer) for answer in answers),
        "unresolved": sum(not answer.is_resolved for answer in answers),
        "doubtful": [_describe(a, doubts) for a, doubts in doubtful if doubts],
    }


def is_settled(answer: Answer) -> bool:
    """Whether the answer is a settlement in the country that the line stands under."""
    return answer.kind in _SETTLED and answer.country == answer.question.country


def list_doubts(answer: Answer) -> list[str]:
    """What makes an answer doubtful, in words; empty for a sure one."""
    if not answer.is_resolved:
        return ["unresolved"]
    tests = {
        "score below 0.8": answer.score < _SURE,
        f"a {answer.kind}, not a settlement": answer.kind not in _SETTLED,
        f"in {answer.country}": answer.country != answer.question.country,
        "only a like name": answer.method == "fuzzy",
    }
    return [words for words, holds in tests.items() if holds]


def _describe(answer: Answer, doubts: list[str]) -> dict[str, Any]:
    return {
        "text": answer.question.text,
        "country": answer.question.country,
        "answer": f"{answer.name} {answer.place_id} {answer.score:.2f}" if answer.place_id else "",
        "doubts": doubts,
        "runners": [
            f"{r.name} {r.place_id} {r.score:.2f}" for r in answer.runners[:_RUNNERS_SHOWN]
        ],
    }
