"""Scene to bytes: fonts, geometry, SVG and PNG; knows no landscape."""
