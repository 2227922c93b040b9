"""Text for people: escaping, lists, numbers, suggestions."""
