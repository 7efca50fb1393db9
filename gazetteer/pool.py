"""The places that mentions can mean, as columns: one row a candidate, mention by mention.

Thousands of mentions are looked up, compared and weighed together; a place is only made of a row
when it is shown.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gazetteer.facts import PlaceColumns
from gazetteer.index import Gazetteer
from gazetteer.known import Known
from gazetteer.normalize import fold_names, name_keys, typed_spellings
from gazetteer.place import Mention
from gazetteer.rules import load_generic_words, load_name_words, load_qualifiers
from gazetteer.sounds import is_arabic, take_apart
from gazetteer.sources.radius import load_features, lookup_feature
from gazetteer.spelling import compare_apart, compare_looks
from gazetteer.weights import load_costs

Array = NDArray[Any]

# The longest of the gazetteer's million names, Bangkok's in full, has 193 letters.
_MOST_LETTERS = 200
_FUZZY = 2
_NO_NAME = -1


class Asked(NamedTuple):
    """A mention, and what its context says."""

    mention: Mention
    known: Known


class Spelled(NamedTuple):
    """How the spelling of each candidate's name compares with the mention's.

    `matched` numbers the gazetteer's texts; `asked` the pool's `texts`; `share` is
    `compare_names`, `looks` how unlike they look, letter by letter, 0 to 1. Where there is
    nothing to compare, `matched` is -1.
    """

    matched: Array
    asked: Array
    share: Array
    looks: Array


class Pool(NamedTuple):
    """Candidates: whose they are (`owner`, ascending), the place's row, and how its name was met.

    `consonants` has the number of each text's consonants. `other` compares a mention's names in a
    second script. `method` is an index of `search.METHODS`, `group` of `list_groups`; `facts` has
    what the gazetteer knows of the places.
    """

    gazetteer: Gazetteer
    asked: Sequence[Asked]
    texts: Sequence[str]
    consonants: Array
    owner: Array
    place: Array
    method: Array
    spelled: Spelled
    other: Spelled
    is_first_name: Array
    facts: PlaceColumns
    group: Array


@cache
def list_groups() -> tuple[str, ...]:
    """The classes of feature, in the order of their numbers."""
    return tuple(sorted({feature.group for feature in load_features().values()} | {"other"}))


def number_groups(labels: Sequence[str]) -> Array:
    """Returns for each feature code the number of its class."""
    numbers = {group: number for number, group in enumerate(list_groups())}
    return np.array([numbers[lookup_feature(label).group] for label in labels], np.int64)


_THIN: WeakKeyDictionary[Gazetteer, Array] = WeakKeyDictionary()


def measure_thinness(gazetteer: Gazetteer) -> Array:
    """Returns for each of the gazetteer's labels that is a country how thinly it is covered.

    1 where there are hardly more places than towns, up to `coverage.towns` for each, and 0 from
    `coverage.full` places for each town on.
    """
    known = _THIN.get(gazetteer)
    if known is None:
        rules = load_costs()["coverage"]
        ends = np.log([rules["towns"], rules["full"]])
        thin = dict.fromkeys(gazetteer.labels, 1.0)
        for country, (places, towns) in gazetteer.covered.items():
            thin[country] = float(np.interp(np.log(places / max(1, towns)), ends, [1, 0]))
        known = _THIN[gazetteer] = np.array([thin[label] for label in gazetteer.labels])
    return known


_LABELS: WeakKeyDictionary[Gazetteer, dict[str, int]] = WeakKeyDictionary()


def number_labels(gazetteer: Gazetteer) -> Mapping[str, int]:
    """Returns the number of each of the gazetteer's labels, found once for each gazetteer."""
    numbers = _LABELS.get(gazetteer)
    if numbers is None:
        numbers = {label: number for number, label in enumerate(gazetteer.labels)}
        _LABELS[gazetteer] = numbers
    return numbers


_FEATURES: WeakKeyDictionary[Gazetteer, Array] = WeakKeyDictionary()


def _number_features(gazetteer: Gazetteer) -> Array:
    """The class of each of the gazetteer's labels, found once for each gazetteer."""
    if gazetteer not in _FEATURES:
        _FEATURES[gazetteer] = number_groups(gazetteer.labels)
    return _FEATURES[gazetteer]


def take(pool: Pool, rows: Array) -> Pool:
    """Returns the candidates of these rows, in this order."""
    return pool._replace(
        owner=pool.owner[rows],
        place=pool.place[rows],
        method=pool.method[rows],
        spelled=Spelled(*(column[rows] for column in pool.spelled)),
        other=Spelled(*(column[rows] for column in pool.other)),
        is_first_name=pool.is_first_name[rows],
        facts=PlaceColumns(*(column[rows] for column in pool.facts)),
        group=pool.group[rows],
    )


def split(pool: Pool) -> Array:
    """Returns where the candidates of each mention begin, and where the last end."""
    bounds: Array = np.searchsorted(pool.owner, np.arange(len(pool.asked) + 1))
    return bounds


def fill_pool(gazetteer: Gazetteer, asked: Sequence[Asked], limit: int) -> Pool:
    """Returns the places whose names are like the mentions', up to `limit` for each spelling.

    Of several spellings of a mention the likest one counts for each place.
    """
    queries = _list_queries([mention for mention, _ in asked])
    countries = [asked[owner].known.country for owner, _, _ in queries]
    hits = gazetteer.find_hits([query for _, query, _ in queries], countries, limit=limit)
    texts = _number([shown for _, _, shown in queries])
    spelled = np.array([texts[shown] for _, _, shown in queries], np.int64)[hits.query]
    share, looks = compare_spellings(gazetteer, list(texts), spelled, hits.text)
    owner = np.array([each for each, _, _ in queries], np.int64)[hits.query]
    as_asked = np.array([query == shown for _, query, shown in queries], bool)[hits.query]
    method = np.where(as_asked | (share == 0), hits.method, _FUZZY)
    best = _pick_best(owner, hits.place, share)
    place, facts = hits.place[best], gazetteer.columns(hits.place[best])
    pool = Pool(
        gazetteer,
        asked,
        list(texts),
        _count_consonants(list(texts)),
        owner[best],
        place,
        method[best],
        Spelled(*(column[best] for column in (hits.text, spelled, share, looks))),
        _make_empty(len(best)),
        gazetteer.is_first_name(place, hits.text[best]),
        facts,
        _number_features(gazetteer)[facts.feature],
    )
    return _add_other_script(pool)


def _number(texts: Sequence[str]) -> dict[str, int]:
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def _pick_best(owner: Array, place: Array, share: Array) -> Array:
    """The row with the likest spelling of each place of each mention; the first of equals."""
    order = np.lexsort((np.arange(len(owner)), share, place, owner))
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(owner[order]) != 0) | (np.diff(place[order].astype(np.int64)) != 0)
    return order[fresh]


def _count_consonants(texts: Sequence[str]) -> Array:
    return np.fromiter(map(len, name_keys(texts).skeletons), np.int64, len(texts))


def _list_queries(mentions: Sequence[Mention]) -> list[tuple[int, str, str]]:
    """What to look for: whose it is, the name, and the spelling that it stands for."""
    folds = fold_names([mention.text for mention in mentions])
    return [
        (owner, query, shown)
        for owner, (mention, folded) in enumerate(zip(mentions, folds, strict=True))
        for query, shown in _list_spellings(mention, folded)
    ]


def _list_spellings(mention: Mention, folded: str) -> list[tuple[str, str]]:
    given = dict.fromkeys((mention.text, *mention.variants))
    changed = [text for spelling in given for text in typed_spellings(spelling)]
    derived = [text for text in (*_core_names(folded), *changed) if text not in given]
    pairs = [(text, text) for text in given] + [(text, mention.text) for text in derived]
    return [pair for pair in pairs if len(pair[0]) <= _MOST_LETTERS]


def _core_names(folded: str) -> list[str]:
    """A name without its generic words (tal, village), and with its qualifier moved.

    "Eastern Ghariyah" is also "Ghariyah Sharqi": the rules hold their words for one.
    """
    generic, forms = load_generic_words(), load_name_words()
    words = folded.split()
    core = [word for word in words if forms.get(word, word) not in generic]
    names = [" ".join(core)] if core and len(core) < len(words) else []
    if len(words) > 1 and forms.get(words[0], words[0]) in load_qualifiers():
        names.append(" ".join([*words[1:], words[0]]))
    if len(words) > 1 and forms.get(words[-1], words[-1]) in load_qualifiers():
        names.append(" ".join([words[-1], *words[:-1]]))
    return names


def compare_spellings(
    gazetteer: Gazetteer, texts: Sequence[str], asked: Array, matched: Array
) -> tuple[Array, Array]:
    """How far apart spellings are by their sounds, and by how they look."""
    numbers, at = np.unique(matched, return_inverse=True)
    pairs, whose = np.unique(asked * len(numbers) + at, return_inverse=True)
    these, those = np.divmod(pairs, max(1, len(numbers)))
    apart = take_apart([*texts, *gazetteer.texts(numbers)])
    those += len(texts)
    return compare_apart(apart, these, those)[whose], compare_looks(apart, these, those)[whose]


def _make_empty(count: int) -> Spelled:
    none = np.full(count, _NO_NAME)
    return Spelled(none, none.copy(), np.zeros(count), np.zeros(count))


def _add_other_script(pool: Pool) -> Pool:
    """Compares, where a mention has names in two scripts, the second one's likest pair as well."""
    given = [_list_scripts(mention) for mention, _ in pool.asked]
    wanted = np.flatnonzero(np.array([len(each) > 1 for each in given], bool)[pool.owner])
    if not len(wanted):
        return pool
    texts = {text: number for number, text in enumerate(pool.texts)}
    is_met_arabic = np.array([is_arabic(text) for text in pool.texts], bool)
    is_met_arabic = is_met_arabic[pool.spelled.asked[wanted]]
    holders, numbers = pool.gazetteer.names_of(pool.place[wanted])
    scripts = np.array([is_arabic(text) for text in pool.gazetteer.texts(numbers)], bool)
    apart = np.flatnonzero(scripts != is_met_arabic[holders])
    columns = wanted[holders[apart]], numbers[apart], scripts[apart]
    pairs = [
        (row, texts.setdefault(text, len(texts)), number)
        for row, number, script in zip(*(column.tolist() for column in columns), strict=True)
        for text in given[int(pool.owner[row])].get(script, ())
    ]
    rows, ones, those = np.array(pairs, np.int64).reshape(-1, 3).T
    share, looks = compare_spellings(pool.gazetteer, list(texts), ones, those)
    order = np.lexsort((looks, share, rows))
    best = order[np.unique(rows[order], return_index=True)[1]]
    for column, values in zip(pool.other, (those, ones, share, looks), strict=True):
        column[rows[best]] = values[best]
    return pool._replace(texts=list(texts))


def _list_scripts(mention: Mention) -> dict[bool, list[str]]:
    """The spellings given, those in Arabic script (True) and the others apart."""
    found: dict[bool, list[str]] = {}
    for text in dict.fromkeys((mention.text, *mention.variants)):
        found.setdefault(is_arabic(text), []).append(text)
    return found
