package dev.cortado.runtime.file.ext4.layout;

/** Bits of an inode's flags (Linux, Documentation/filesystems/ext4/inodes.rst; chattr(1)). */
public final class InodeFlag {
    /** Not to be changed at all. */
    public static final int IMMUTABLE = 0x10;

    /** To be written at its end only. */
    public static final int APPEND_ONLY = 0x20;

    public static final int NO_DUMP = 0x40;

    /** Access times are not written. */
    public static final int NO_ACCESS_TIME = 0x80;

    /** A directory has an index of hashes. */
    public static final int INDEXED = 0x1000;

    /** {@code i_blocks} is in blocks of the file system. */
    public static final int HUGE = 0x40000;

    /** The map is a tree of extents. */
    public static final int EXTENTS = 0x80000;

    /** It is an extended attribute's value. */
    public static final int ATTRIBUTE_VALUE = 0x200000;

    /** Its content is in the inode. */
    public static final int INLINE_DATA = 0x10000000;

    /** Names in a directory are looked up whatever their case. */
    private static final int CASEFOLD = 0x40000000;

    private static final int DIRECTORY_SYNC = 0x10000;
    private static final int INHERIT_PROJECT = 0x20000000;
    private static final int DIRECT_ACCESS = 0x2000000;

    /** chattr's s, u, c, S, X, j and t. */
    private static final int FOR_ALL_FILES = 0x1 | 0x2 | 0x4 | 0x8 | 0x400 | 0x4000 | 0x8000;

    /** What a new symbolic link gets from its directory's flags. */
    public static final int INHERITED_BY_LINK = NO_DUMP | NO_ACCESS_TIME;

    /** What a new file gets from its directory's flags. */
    public static final int INHERITED_BY_FILE = INHERITED_BY_LINK | FOR_ALL_FILES | DIRECT_ACCESS;

    /** What a new directory gets from its directory's flags. */
    public static final int INHERITED_BY_DIRECTORY =
            INHERITED_BY_FILE | DIRECTORY_SYNC | INHERIT_PROJECT | CASEFOLD;

    private InodeFlag() {}
}
