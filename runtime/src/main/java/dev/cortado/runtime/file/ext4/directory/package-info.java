/**
 * Directories: lists of entries in blocks, hash trees over these, and small directories within
 * their inodes (kernel, Documentation/filesystems/ext4, "Directory Entries", "Inline Data"). Who
 * calls has the file system's lock.
 */
package dev.cortado.runtime.file.ext4.directory;
