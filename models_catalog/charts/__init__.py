"""Charts: frames of the filtered entries, figures drawn from frames, and images of figures."""
