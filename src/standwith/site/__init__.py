"""The public site: files made from campaigns and their numbers, and a server that hands them out.

Invariant: everything that the public reads is a file that any web server can serve; nothing here runs for a reader
except looking up a file. It takes no acts, reads no database and knows no journal. Standards: HTML, Atom (RFC 4287),
sitemaps.org.
"""
