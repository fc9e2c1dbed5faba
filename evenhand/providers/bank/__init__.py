"""The bank: the interface, the UnionPay adapter and the simulator."""
