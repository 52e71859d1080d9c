"""Fields of a model, each declared once. A declaration is data; what a layer does with it is code of that layer."""
