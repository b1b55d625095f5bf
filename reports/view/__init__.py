"""Views: a personal report as one frozen value, with all its words, before it becomes a page, a PDF or JSON.

Reads profiles, comparisons and the questionnaire's texts; knows neither HTML nor WeasyPrint.
"""
