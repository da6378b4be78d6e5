"""Picture to scene, pure: resolve, measure, route, paint."""
