"""The technologies that every organization has: read from a file that ships with the package."""
