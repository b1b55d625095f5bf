"""Group results: made once when a wave closes, for unions of cells, frozen; read by pages, PDFs and exports.

What may be published is decided by `assess/disclosure/`.
"""
