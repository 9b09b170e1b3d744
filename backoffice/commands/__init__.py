"""What each command does; backoffice/cli.py names them and their arguments."""
