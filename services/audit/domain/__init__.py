"""What audit decides, pure: the ledger of seals and the conclusions about single records."""
