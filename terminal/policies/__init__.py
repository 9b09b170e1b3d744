"""A policy looked at from outside: told in words, tried on cases, searched for rules without use.

Law of the package: nothing here judges; every answer is that of terminal.core.policy.
"""
