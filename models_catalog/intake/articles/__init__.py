"""Reading articles: what they seem to say of models, with the words and their place."""
