"""What runs inside the lab's machine: only the standard library, for a unit has nothing else."""
