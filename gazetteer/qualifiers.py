"""Words such as "northern" and "upper", which tell places of one name apart."""

from gazetteer.normalize import fold
from gazetteer.rules import load_name_words, load_qualifiers


def find_qualifiers(name: str) -> frozenset[str]:
    """Returns the qualifiers of a name, each in the form that all its spellings are kept in.

    >>> sorted(find_qualifiers("Upper North Kivu") | find_qualifiers("Nord-Kivu"))
    ['fawqani', 'shamali']
    """
    return frozenset(map(_keep, fold(name).split())) & load_qualifiers()


def drop_qualifiers(name: str) -> str:
    """Returns the folded name without its qualifiers; empty if nothing else is left.

    >>> drop_qualifiers("Shan (South)")
    'shan'
    """
    words = (word for word in fold(name).split() if _keep(word) not in load_qualifiers())
    return " ".join(words)


def _keep(word: str) -> str:
    return load_name_words().get(word, word)
