"""Words around the questionnaires: interface catalogues (gettext), the customer word, numbers and dates.

Reads its own `.po` files and those of the rooms that hand in their folder; knows neither HTTP nor PDF.
"""
