package dev.cortado.runtime.file.storage.journal;

/**
 * A block of the file system in the log.
 *
 * @param journalBlock where it is in the journal
 * @param sequence of its transaction
 * @param isEscaped its first four bytes, zero in the log, are the magic number
 */
record LoggedBlock(int journalBlock, int sequence, boolean isEscaped) {}
