"""`python -m incident_mapper`: the same as the command `incident-mapper`."""

from incident_mapper.cli import main

if __name__ == "__main__":
    main(prog_name="incident-mapper")
