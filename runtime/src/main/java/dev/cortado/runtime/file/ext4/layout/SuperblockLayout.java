package dev.cortado.runtime.file.ext4.layout;

/** Offsets in the superblock (Linux, Documentation/filesystems/ext4/super.rst). */
final class SuperblockLayout {
    /** Where it is on the disk, whatever the size of a block, and how long it is. */
    static final int POSITION = 1024;

    static final int BYTES = 1024;

    static final int MAGIC_NUMBER = 0xEF53;

    static final int INODES = 0x0;
    static final int BLOCKS_LOW = 0x4;
    static final int RESERVED_BLOCKS_LOW = 0x8;
    static final int FREE_BLOCKS_LOW = 0xC;
    static final int FREE_INODES = 0x10;
    static final int FIRST_DATA_BLOCK = 0x14;
    static final int LOG_BLOCK_SIZE = 0x18;
    static final int LOG_CLUSTER_SIZE = 0x1C;
    static final int BLOCKS_PER_GROUP = 0x20;
    static final int CLUSTERS_PER_GROUP = 0x24;
    static final int INODES_PER_GROUP = 0x28;
    static final int MOUNT_TIME = 0x2C;
    static final int WRITE_TIME = 0x30;
    static final int MOUNTS = 0x34;
    static final int MAGIC = 0x38;
    static final int STATE = 0x3A;
    static final int ERRORS = 0x3C;
    static final int CREATOR = 0x48;
    static final int REVISION = 0x4C;
    static final int RESERVED_USER = 0x50;
    static final int FIRST_INODE = 0x54;
    static final int INODE_SIZE = 0x58;
    static final int COMPATIBLE = 0x5C;
    static final int INCOMPATIBLE = 0x60;
    static final int READ_ONLY_COMPATIBLE = 0x64;
    static final int UUID = 0x68;
    static final int LABEL = 0x78;
    static final int LABEL_BYTES = 16;
    static final int LAST_MOUNTED = 0x88;
    static final int LAST_MOUNTED_BYTES = 64;
    static final int RESERVED_DESCRIPTOR_BLOCKS = 0xCE;
    static final int JOURNAL_INODE = 0xE0;
    static final int LAST_ORPHAN = 0xE8;
    static final int HASH_SEED = 0xEC;
    static final int HASH_VERSION = 0xFC;
    static final int DESCRIPTOR_SIZE = 0xFE;
    static final int DEFAULT_MOUNT_OPTIONS = 0x100;
    static final int FIRST_META_GROUP = 0x104;
    static final int BLOCKS_HIGH = 0x150;
    static final int RESERVED_BLOCKS_HIGH = 0x154;
    static final int FREE_BLOCKS_HIGH = 0x158;
    static final int MINIMUM_EXTRA_SIZE = 0x15C;
    static final int WANTED_EXTRA_SIZE = 0x15E;
    static final int FLAGS = 0x160;
    static final int LOG_GROUPS_PER_FLEX = 0x174;
    static final int CHECKSUM_TYPE = 0x175;
    static final int WRITTEN_KIBIBYTES = 0x178;
    static final int ERROR_COUNT = 0x194;
    static final int FIRST_ERROR = 0x198;
    static final int LAST_ERROR_TIME = 0x1CC;
    static final int LAST_ERROR_INODE = 0x1D0;
    static final int LAST_ERROR_BLOCK = 0x1D8;
    static final int LAST_ERROR_FUNCTION = 0x1E0;
    static final int OVERHEAD_BLOCKS = 0x248;
    static final int BACKUP_GROUPS = 0x24C;
    static final int CHECKSUM_SEED = 0x270;
    static final int WRITE_TIME_HIGH = 0x274;
    static final int MOUNT_TIME_HIGH = 0x275;
    static final int FIRST_ERROR_TIME_HIGH = 0x278;
    static final int LAST_ERROR_TIME_HIGH = 0x279;
    static final int FIRST_ERROR_CODE = 0x27A;
    static final int LAST_ERROR_CODE = 0x27B;
    static final int ORPHAN_FILE_INODE = 0x280;
    static final int CHECKSUM = 0x3FC;

    /**
     * From {@link #FIRST_ERROR} on: inode, block and function's name, as {@code s_first_error_}.
     */
    static final int FIRST_ERROR_INODE = FIRST_ERROR + 4;

    static final int FIRST_ERROR_BLOCK = FIRST_ERROR + 8;
    static final int FIRST_ERROR_FUNCTION = FIRST_ERROR + 16;
    static final int ERROR_FUNCTION_BYTES = 32;

    private SuperblockLayout() {}
}
