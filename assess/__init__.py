"""The assessment engine: scoring, store, use cases, web and commands; one room a folder.

A room may import only from rooms below it (the floors stand in `.importlinter`).
"""

__version__ = "0.1.0"
