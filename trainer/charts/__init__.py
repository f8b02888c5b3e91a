"""Numbers as lines of styled text, for the screen and the command line alike: a plot, a year, bars. Pure.

Width, height and whether the terminal knows more than ASCII are handed in; a line says what each of its
parts is (`Role`) and never how that looks.
"""
