"""Names in other scripts written out in plain Latin letters, by rules of their languages."""

from gazetteer.letters import Language, Pairs, Patterns, load_tables
from gazetteer.lines import compose, translate


def write_out(text: str) -> str:
    """Returns a text, one name a line, with other scripts and letters such as ş in plain Latin."""
    tables = load_tables()
    text = compose(text.lower())  # H̱ has a composed small letter only
    for language in tables.languages:
        text = _write_language(text, language)
    text = substitute_all(replace_all(text, tables.sequences), tables.edges)
    return translate(text, tables.written)


def _write_language(text: str, language: Language) -> str:
    """Replaces a language's letters in the lines that are of this language."""
    parts, done = [], 0
    for match in language.when.finditer(text):
        if match.start() >= done:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            end = len(text) if end < 0 else end
            parts += [text[done:start], replace_all(text[start:end], language.replace)]
            done = end
    return "".join([*parts, text[done:]])


def replace_all(text: str, pairs: Pairs) -> str:
    """Returns a text with each old string replaced by its new one, pair by pair."""
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def substitute_all(text: str, patterns: Patterns) -> str:
    """Returns a text with what each pattern meets replaced, pattern by pattern."""
    for pattern, new in patterns:
        text = pattern.sub(new, text)
    return text
