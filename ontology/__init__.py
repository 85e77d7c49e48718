"""The vocabulary and all domain knowledge, as Turtle, and the terms that Python uses."""
