/**
 * A journal as ext4 keeps it, jbd2: transactions are written to a log first, and to their blocks'
 * places later; after a crash the log is replayed. Its format is that of the Linux kernel's
 * Documentation/filesystems/ext4/journal.rst, whose numbers are big-endian.
 */
package dev.cortado.runtime.file.storage.journal;
