"""A page for the physiotherapist or doctor: what was done and how it felt over some weeks. Pure.

`page` puts values into words and tables, `markdown` and `html` write the same page down. It says what the person rated
and what was counted; it judges nobody and finds nothing.
"""
