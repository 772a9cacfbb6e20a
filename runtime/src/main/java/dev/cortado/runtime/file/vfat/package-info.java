/**
 * FAT12, FAT16 and FAT32 with long names, to be read: {@link
 * dev.cortado.runtime.file.vfat.VfatFileSystem#mount}. The format is that of Microsoft's "FAT32
 * File System Specification" 1.03 and "Long Filename Specification".
 *
 * <p>Files have their long names, if those belong to their short ones by the checksum, and fit into
 * 255 bytes of UTF-8; otherwise the short ones, in code page 437 and in the case that Windows NT
 * has noted. They are found by both, in whatever case. Times are taken for UTC. All files belong to
 * root, who may write those that are not marked as read-only: attributes as on Linux.
 *
 * <p>What is damaged is EUCLEAN, with what and where: chains that leave the volume, end too early
 * or lead back to themselves, and a directory that is in itself.
 */
package dev.cortado.runtime.file.vfat;
