"""Settings and wiring: the only place that knows every part of the house.

Holds the settings of an installation (its home directory), the Django set-up of the deeds, the clerk's loop,
publication and the composition of the web server. It holds no rule of any part: it opens files, hands them over and
calls verbs.
"""
