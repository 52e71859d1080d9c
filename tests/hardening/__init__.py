"""What must not break, whatever is sent: the addresses come from the URLconf, so that a new page is tested by being one."""
