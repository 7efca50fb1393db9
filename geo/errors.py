"""What can go wrong, said so that the reader knows what to do next."""


class MapperError(Exception):
    """Base of every error this project raises on purpose."""


class InputError(MapperError, ValueError):
    """Input that cannot be used: a file, a row, a column, an option."""


class NotFoundError(MapperError, LookupError):
    """Something named in the call does not exist: a file, a column, a place id."""


class OutputError(MapperError, OSError):
    """A result could not be written; what was there before is still whole."""


class MapperWarning(UserWarning):
    """Something asked for was left out, or done otherwise, and the rest went on."""
