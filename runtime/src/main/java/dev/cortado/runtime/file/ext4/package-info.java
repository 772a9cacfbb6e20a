/**
 * ext4, and ext3 and ext2, which it can mount as well: {@link
 * dev.cortado.runtime.file.ext4.Ext4FileSystem#mount} gives a {@link
 * dev.cortado.runtime.file.FileSystem} of what is on a disk. The format is that of the Linux
 * kernel's Documentation/filesystems/ext4.
 *
 * <p>What can be mounted to be written: revisions 0 and 1; blocks of 1 to 64 KiB; features
 * has_journal (on the same disk), ext_attr, resize_inode, dir_index, sparse_super2, stable_inodes,
 * orphan_file, filetype, meta_bg, extent, 64bit, flex_bg, ea_inode, metadata_csum_seed, large_dir,
 * inline_data, sparse_super, large_file, huge_file, uninit_bg, dir_nlink, extra_isize,
 * metadata_csum; fast_commit, whose commits are replayed, but not made.
 *
 * <p>What can be mounted to be read: mmp, quota, bigalloc, read-only, project, shared_blocks,
 * verity (whose hashes are not looked at), and what else has a bit of ro_compat.
 *
 * <p>What is refused, by its name: compression, journal_dev, dirdata, encrypt, casefold, and what
 * else has a bit of incompat; a journal on another disk; blocks that are smaller than the disk's
 * sectors.
 *
 * <p>Mounted, it does what Linux does with {@code data=ordered} and relatime, except that
 *
 * <ul>
 *   <li>blocks are allocated when bytes are written, not later: there is no delayed allocation, and
 *       no preallocation but of directories that others have made
 *   <li>files whose data is to be journalled (chattr +j) are treated as all others
 *   <li>new attributes' values are not put into inodes of their own (ea_inode), and blocks of
 *       attributes that have become the same are not joined
 *   <li>of chattr's flags, immutable and no access time are obeyed, for the file itself
 *   <li>copies of the superblock are not written
 *   <li>nobody is limited: whoever runs here is root, and may use reserved blocks
 * </ul>
 *
 * <p>Damage, once it is found, is EUCLEAN; a {@link dev.cortado.runtime.file.ext4.MountOptions}'s
 * listener is told what and where, the superblock remembers it, and what it asks for is done.
 *
 * <p>Locks: those of inodes, then the file system's ({@link dev.cortado.runtime.file.ext4.Volume};
 * whoever has that only tries an inode's), then those within the metadata's store and the page
 * cache. Metadata is read from the store when it is needed, so that a change that is undone leaves
 * nothing behind; what is remembered of it (where a file's blocks are, the names that were looked
 * for last) is forgotten with each change, and when one is undone.
 */
package dev.cortado.runtime.file.ext4;
