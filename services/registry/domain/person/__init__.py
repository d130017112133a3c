"""A person who holds a post."""
