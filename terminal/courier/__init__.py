"""The courier: the process that has the network, and neither a device nor a database.

It stands between the terminal (a Unix socket) and the back office (HTTPS), as docs/WIRE.md says.
Law of the package: it understands no record, keeps nothing on the disk but its keys, and believes
no answer that does not fit what was asked. Of the terminal it knows the socket's words alone
(protocol.py); the terminal imports nothing else of it.
"""
