"""The `assess` command. Each command imports the rooms that it needs when it runs, so that help is instant.

Results go to standard output, messages to standard error. Exit status 0, 1 (the input is wrong),
2 (the call is wrong).
"""

from assess.cli import files, measurement, organisation, service
from assess.cli.command import main

__all__ = ["files", "main", "measurement", "organisation", "service"]
