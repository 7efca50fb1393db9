"""Reports written for the tests of reading."""

TEXT = "Shells hit a market in Idlib on Saturday, killing five civilians.\n"


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only(found):
    (report,) = found.reports
    return report
