"""A CSV written and read, for the tests of tables."""

from geo.readers.plain import read_csv


def write(folder, text, name="incidents.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder, text, **options):
    return read_csv(write(folder, text), **options)
