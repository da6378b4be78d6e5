"""Scenes and text as PDF: vectors, letters that can be selected, and nothing from outside."""
