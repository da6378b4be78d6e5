"""Documents: pages of drawings, the words on them, the tags among the words, and the pages drawn with their tags."""
