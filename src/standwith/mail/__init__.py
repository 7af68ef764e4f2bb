"""Mail: letters wait in a spool and leave through an outlet, none twice and none forgotten.

An engine: it knows nothing of campaigns. Who spools a letter says, when it is due, what stands in it.
"""
