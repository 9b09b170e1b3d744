"""What people read of faults and from commands, in their language."""
