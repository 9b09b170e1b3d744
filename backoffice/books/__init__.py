"""The books over all terminals: what came back of each sale, and what that allows.

Law of the package: whoever changes what came back of a sale holds that sale's lock, sales in their
order, so that two terminals are settled one after the other: the first to arrive wins.
"""
