"""Documents: views built from profiles, charts as SVG templates, HTML templates, and the PDF they become.

Floor 5: the only room that imports WeasyPrint. While rendering, only own templates and fonts can be loaded.
"""
