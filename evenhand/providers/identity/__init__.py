"""Identity: the interface, the Tencent Cloud adapter and the simulator."""
