"""How fast the site is beside a peer, and what it does when parts of it fail; see README.md."""
