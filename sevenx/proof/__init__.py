"""The log proves itself: chains, seals, dumps and their verification. Reads, never writes, the bus."""
