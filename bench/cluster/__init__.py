"""The site on several machines, each played by a port and a folder of this one; `make cluster`."""
