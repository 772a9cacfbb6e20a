/**
 * Looks for what cannot be in a file system that nobody uses: each block and each inode is whose it
 * says it is, and counted as often as it is there (Linux, Documentation/filesystems/ext4; what
 * e2fsck(8) looks for).
 */
package dev.cortado.runtime.file.ext4.check;
