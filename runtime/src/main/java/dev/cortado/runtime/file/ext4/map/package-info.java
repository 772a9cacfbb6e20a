/**
 * Which blocks of the disk keep the blocks of a file: extent trees and block maps (kernel,
 * Documentation/filesystems/ext4, "The Contents of inode.i_block"). Who calls has the file system's
 * lock.
 */
package dev.cortado.runtime.file.ext4.map;
