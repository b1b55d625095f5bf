"""What the commands of `assess/cli.py` do, apart from parsing their arguments.

The outermost floor: reads the clock, opens files and the store, starts processes.
"""
