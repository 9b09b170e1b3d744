"""The device lab: the product on a real kernel, through real drivers, with no hardware."""
