"""Automatic layout: where things stand and how lines run, found by an engine that comes as an argument."""
