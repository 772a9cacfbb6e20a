/**
 * What ext4 keeps where: the superblock and its numbers, features, inodes' fields and checksums
 * (Linux, Documentation/filesystems/ext4). Nothing here follows a pointer.
 */
package dev.cortado.runtime.file.ext4.layout;
