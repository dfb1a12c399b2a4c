"""A run from its beginning to its exit code: its books, what ends it, what people see of it."""
