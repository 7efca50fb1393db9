"""Mentions resolved ahead, many at once, and people's corrections laid over every answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gazetteer.correcting import Corrections, correct_mention
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder
from gazetteer.place import Context, Mention, Resolution
from gazetteer.resolve import resolve_each, resolve_mentions

_Asked = tuple[Mention, Context]
_Key = tuple[str, str, tuple[str, ...], Context]


@dataclass(frozen=True)
class Answers:
    """What mentions that stand alone were resolved to, by mention and context; and who else knows.

    `corrections` outrank every answer; `online` is asked for names that nobody knows.

    `known` grows by `resolve_ahead`; where a mention is in a text makes no difference to it.
    """

    corrections: Corrections | None = None
    online: OnlineGeocoder | None = None
    known: dict[_Key, Resolution] = field(default_factory=dict)


def resolve_ahead(gazetteer: Gazetteer, answers: Answers, asked: Iterable[_Asked]) -> None:
    """Resolves mentions that stand alone, all in one call, each distinct one once."""
    distinct = {_key(mention, context): (mention, context) for mention, context in asked}
    missing = {key: pair for key, pair in distinct.items() if key not in answers.known}
    mentions, contexts = [pair[0] for pair in missing.values()], [key[-1] for key in missing]
    found = resolve_each(gazetteer, mentions, contexts)
    answers.known.update(zip(missing, found, strict=True))


def answer(
    gazetteer: Gazetteer, mention: Mention, context: Context, answers: Answers
) -> Resolution:
    """The answer for a mention that stands alone; a person's correction outranks it."""
    found = answers.known.get(_key(mention, context))
    if found is None:
        found = resolve_each(gazetteer, [mention], [context])[0]
    elif found.mention != mention:
        found = replace(found, mention=mention)
    return correct_mention(gazetteer, answers.corrections, found, context)


def answer_together(
    gazetteer: Gazetteer, mentions: Sequence[Mention], context: Context, answers: Answers
) -> list[Resolution]:
    """The answers for the mentions of one report or row, resolved together."""
    if len(mentions) == 1:
        return [answer(gazetteer, mentions[0], context, answers)]
    found = resolve_mentions(gazetteer, mentions, context)
    return [correct_mention(gazetteer, answers.corrections, one, context) for one in found]


def _key(mention: Mention, context: Context) -> _Key:
    return mention.text, mention.feature, mention.variants, context
