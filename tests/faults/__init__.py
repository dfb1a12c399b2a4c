"""A server that answers wrongly on purpose, on many loopback hosts, with a log of every hit as the oracle."""
