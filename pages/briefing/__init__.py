"""One page to print or to send on an area, two STPs or a what-if."""
