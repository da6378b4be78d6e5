"""What the product knows, pure: entities, changes, patches and who may do what."""
