package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What mke2fs makes by default, and by options that people use. */
enum Format {
    DEFAULT("-t ext4"),
    BLOCKS_2K("-t ext4 -b 2048"),
    BLOCKS_4K("-t ext4 -b 4096"),
    BLOCKS_64K("-t ext4 -b 65536 -O ^has_journal"),
    WITHOUT_JOURNAL("-t ext4 -O ^has_journal"),
    EXT2("-t ext2"),
    EXT2_OLD("-t ext2 -r 0 -O none"),
    EXT3("-t ext3"),
    INLINE_DATA("-t ext4 -O inline_data"),
    INLINE_DATA_LARGE_INODES("-t ext4 -O inline_data -I 512 -b 4096"),
    WITHOUT_CHECKSUMS("-t ext4 -O ^metadata_csum"),
    UNINIT_BG("-t ext4 -O ^metadata_csum,uninit_bg"),
    WITHOUT_64BIT("-t ext4 -O ^64bit"),
    CHECKSUM_SEED("-t ext4 -O metadata_csum_seed"),
    ORPHAN_FILE("-t ext4 -O orphan_file"),
    SMALL_INODES("-t ext4 -I 128"),
    WITHOUT_DIR_INDEX("-t ext4 -O ^dir_index"),
    LARGE_DIR("-t ext4 -O large_dir"),
    WITHOUT_FLEX_BG("-t ext4 -O ^flex_bg -g 2048"),
    META_BG("-t ext4 -O meta_bg,^resize_inode -g 1024"),
    SPARSE_SUPER2("-t ext4 -O sparse_super2 -g 1024"),
    EA_INODE("-t ext4 -O ea_inode");

    private final List<String> options;

    Format(String options) {
        this.options = List.of(options.split(" "));
    }

    /** Makes a file system in a new file; the test is skipped if there is no mke2fs. */
    void make(Path image, int kibibytes, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("-q", "-F"));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        arguments.add(image);
        arguments.add(kibibytes + "k");
        E2fsprogs.output("mke2fs", arguments.toArray());
    }

    /** Whether times have nanoseconds. */
    boolean hasNanoseconds() {
        return this != SMALL_INODES && this != EXT2_OLD;
    }
}
