package dev.cortado.runtime.file.ext4.layout;

/**
 * A feature that a file system may have, by the names that mke2fs(8) calls them (ext4(5)). Some
 * have been given a bit by programs, but never came to be: what has them is refused, too.
 */
public enum Feature {
    HAS_JOURNAL(Set.COMPATIBLE, 0x4, "has_journal", Support.FULL),
    EXT_ATTR(Set.COMPATIBLE, 0x8, "ext_attr", Support.FULL),
    RESIZE_INODE(Set.COMPATIBLE, 0x10, "resize_inode", Support.FULL),
    DIR_INDEX(Set.COMPATIBLE, 0x20, "dir_index", Support.FULL),
    SPARSE_SUPER2(Set.COMPATIBLE, 0x200, "sparse_super2", Support.FULL),
    FAST_COMMIT(Set.COMPATIBLE, 0x400, "fast_commit", Support.FULL),
    STABLE_INODES(Set.COMPATIBLE, 0x800, "stable_inodes", Support.FULL),
    ORPHAN_FILE(Set.COMPATIBLE, 0x1000, "orphan_file", Support.FULL),

    COMPRESSION(Set.INCOMPATIBLE, 0x1, "compression", Support.NONE),
    FILETYPE(Set.INCOMPATIBLE, 0x2, "filetype", Support.FULL),
    NEEDS_RECOVERY(Set.INCOMPATIBLE, 0x4, "needs_recovery", Support.FULL),
    JOURNAL_DEV(Set.INCOMPATIBLE, 0x8, "journal_dev", Support.NONE),
    META_BG(Set.INCOMPATIBLE, 0x10, "meta_bg", Support.FULL),
    EXTENT(Set.INCOMPATIBLE, 0x40, "extent", Support.FULL),
    SIXTY_FOUR_BIT(Set.INCOMPATIBLE, 0x80, "64bit", Support.FULL),
    MMP(Set.INCOMPATIBLE, 0x100, "mmp", Support.READING),
    FLEX_BG(Set.INCOMPATIBLE, 0x200, "flex_bg", Support.FULL),
    EA_INODE(Set.INCOMPATIBLE, 0x400, "ea_inode", Support.FULL),
    DIRDATA(Set.INCOMPATIBLE, 0x1000, "dirdata", Support.NONE),
    METADATA_CSUM_SEED(Set.INCOMPATIBLE, 0x2000, "metadata_csum_seed", Support.FULL),
    LARGE_DIR(Set.INCOMPATIBLE, 0x4000, "large_dir", Support.FULL),
    INLINE_DATA(Set.INCOMPATIBLE, 0x8000, "inline_data", Support.FULL),
    ENCRYPT(Set.INCOMPATIBLE, 0x10000, "encrypt", Support.NONE),
    CASEFOLD(Set.INCOMPATIBLE, 0x20000, "casefold", Support.NONE),

    SPARSE_SUPER(Set.READ_ONLY_COMPATIBLE, 0x1, "sparse_super", Support.FULL),
    LARGE_FILE(Set.READ_ONLY_COMPATIBLE, 0x2, "large_file", Support.FULL),
    HUGE_FILE(Set.READ_ONLY_COMPATIBLE, 0x8, "huge_file", Support.FULL),
    UNINIT_BG(Set.READ_ONLY_COMPATIBLE, 0x10, "uninit_bg", Support.FULL),
    DIR_NLINK(Set.READ_ONLY_COMPATIBLE, 0x20, "dir_nlink", Support.FULL),
    EXTRA_ISIZE(Set.READ_ONLY_COMPATIBLE, 0x40, "extra_isize", Support.FULL),
    QUOTA(Set.READ_ONLY_COMPATIBLE, 0x100, "quota", Support.READING),
    BIGALLOC(Set.READ_ONLY_COMPATIBLE, 0x200, "bigalloc", Support.READING),
    METADATA_CSUM(Set.READ_ONLY_COMPATIBLE, 0x400, "metadata_csum", Support.FULL),
    READ_ONLY(Set.READ_ONLY_COMPATIBLE, 0x1000, "read-only", Support.READING),
    PROJECT(Set.READ_ONLY_COMPATIBLE, 0x2000, "project", Support.READING),
    SHARED_BLOCKS(Set.READ_ONLY_COMPATIBLE, 0x4000, "shared_blocks", Support.READING),
    VERITY(Set.READ_ONLY_COMPATIBLE, 0x8000, "verity", Support.READING),
    ORPHAN_PRESENT(Set.READ_ONLY_COMPATIBLE, 0x10000, "orphan_present", Support.FULL);

    /** What somebody may do who does not know a feature. */
    public enum Set {
        /** Read and write. */
        COMPATIBLE("compat"),
        /** Nothing. */
        INCOMPATIBLE("incompat"),
        /** Read. */
        READ_ONLY_COMPATIBLE("ro_compat");

        private final String text;

        Set(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What can be done here with a file system that has it. */
    public enum Support {
        FULL,
        READING,
        NONE
    }

    private final Set set;
    private final int bit;
    private final String text;
    private final Support support;

    Feature(Set set, int bit, String text, Support support) {
        this.set = set;
        this.bit = bit;
        this.text = text;
        this.support = support;
    }

    public Set set() {
        return set;
    }

    /** Its bit in the superblock's word of its set. */
    public int bit() {
        return bit;
    }

    public Support support() {
        return support;
    }

    /** As mke2fs(8) calls it. */
    @Override
    public String toString() {
        return text;
    }
}
