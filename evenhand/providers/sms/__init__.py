"""Text messages: the interface, the Kannel adapter and the simulator."""
