package dev.cortado.runtime.file.storage.journal;

/** What a flush is for: what was written last before it. */
enum FlushKind {
    /** All of a transaction but its commit block. */
    LOG,
    COMMIT,
    /** Blocks in their places. */
    HOME,
    SUPERBLOCK
}
