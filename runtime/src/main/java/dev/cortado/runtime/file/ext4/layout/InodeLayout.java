package dev.cortado.runtime.file.ext4.layout;

/** Offsets in an inode (Linux, Documentation/filesystems/ext4/inodes.rst). */
final class InodeLayout {
    static final int MODE = 0x0;
    static final int USER_LOW = 0x2;
    static final int SIZE_LOW = 0x4;
    static final int ACCESS_TIME = 0x8;
    static final int CHANGE_TIME = 0xC;
    static final int MODIFICATION_TIME = 0x10;
    static final int DELETION_TIME = 0x14;
    static final int GROUP_LOW = 0x18;
    static final int LINKS = 0x1A;
    static final int BLOCKS_LOW = 0x1C;
    static final int FLAGS = 0x20;
    static final int VERSION_LOW = 0x24;
    static final int MAP = 0x28;
    static final int GENERATION = 0x64;
    static final int ATTRIBUTE_BLOCK_LOW = 0x68;
    static final int SIZE_HIGH = 0x6C;
    static final int BLOCKS_HIGH = 0x74;
    static final int ATTRIBUTE_BLOCK_HIGH = 0x76;
    static final int USER_HIGH = 0x78;
    static final int GROUP_HIGH = 0x7A;
    static final int CHECKSUM_LOW = 0x7C;
    static final int EXTRA_BYTES = 0x80;
    static final int CHECKSUM_HIGH = 0x82;
    static final int CHANGE_TIME_EXTRA = 0x84;
    static final int MODIFICATION_TIME_EXTRA = 0x88;
    static final int ACCESS_TIME_EXTRA = 0x8C;
    static final int CREATION_TIME = 0x90;
    static final int CREATION_TIME_EXTRA = 0x94;
    static final int VERSION_HIGH = 0x98;
    static final int PROJECT = 0x9C;

    /** Of the extra bytes, those whose meaning is known here. */
    static final int KNOWN_EXTRA_BYTES = 32;

    private InodeLayout() {}
}
