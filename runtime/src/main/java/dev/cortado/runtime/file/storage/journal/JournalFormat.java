package dev.cortado.runtime.file.storage.journal;

/** Numbers of the format (journal.rst, "Block Header" and "Super Block"). */
final class JournalFormat {
    static final int MAGIC = 0xC03B3998;

    // Kinds of blocks.
    static final int DESCRIPTOR = 1;
    static final int COMMIT = 2;
    static final int SUPERBLOCK_V1 = 3;
    static final int SUPERBLOCK_V2 = 4;
    static final int REVOKE = 5;

    // Of every block but those that are logged.
    static final int MAGIC_AT = 0;
    static final int KIND_AT = 4;
    static final int SEQUENCE_AT = 8;
    static final int HEADER_BYTES = 12;

    /** A checksum at the end of descriptor and revoke blocks, with checksums v2 and v3. */
    static final int TAIL_BYTES = 4;

    static final int UUID_BYTES = 16;

    // Features.
    static final int COMPATIBLE_CHECKSUM = 0x1;
    static final int REVOKES = 0x1;
    static final int WIDE = 0x2;
    static final int ASYNCHRONOUS_COMMIT = 0x4;
    static final int CHECKSUM_V2 = 0x8;
    static final int CHECKSUM_V3 = 0x10;
    static final int FAST_COMMIT = 0x20;
    static final int KNOWN_INCOMPATIBLE =
            REVOKES | WIDE | ASYNCHRONOUS_COMMIT | CHECKSUM_V2 | CHECKSUM_V3 | FAST_COMMIT;

    /** The kind of checksum that v2 and v3 use. */
    static final int CRC32C = 4;

    private JournalFormat() {}
}
