"""What people judge and append: grades of sources and items, notes, marks of handling."""
