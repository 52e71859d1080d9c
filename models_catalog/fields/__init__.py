"""What the registry knows of a model: each field declared once. A declaration is data; what a layer does with it lives in that layer."""
