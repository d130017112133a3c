"""Documents by their SHA-256: the bytes in a folder or an S3-compatible store, never on the bus.

    store = open_store(DocumentSettings.from_env(env))
    with store.receive() as incoming:      # hashed while it is written; nothing is there until it is kept
        incoming.write(b"%PDF-1.7 …")
        incoming.keep()
    with store.read(incoming.sha256) as file:   # the bytes are checked before the first one is handed out
        file.read()

All of it blocks: services call it in threads.
"""
