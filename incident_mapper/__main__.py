"""The command `incident-mapper`, also as `python -m incident_mapper`."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is told as later, in a word."""
    try:
        from incident_mapper.cli import main  # noqa: PLC0415 - a tenth of a second, interruptible

        main(prog_name="incident-mapper")
    except KeyboardInterrupt:
        sys.stderr.write("\nAborted!\n")
        sys.exit(1)


if __name__ == "__main__":
    run()
