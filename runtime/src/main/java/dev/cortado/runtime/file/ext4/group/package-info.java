/**
 * Block groups: their descriptors and bitmaps, and who is given blocks and inodes of them (kernel,
 * Documentation/filesystems/ext4, "Block Groups", "Block Group Descriptors", "Block and Inode
 * Bitmaps"). Who calls has the file system's lock.
 */
package dev.cortado.runtime.file.ext4.group;
