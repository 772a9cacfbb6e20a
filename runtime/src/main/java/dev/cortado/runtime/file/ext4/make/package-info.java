/**
 * Makes an ext4 on a disk that has nothing, and lets one grow with its disk (Linux,
 * Documentation/filesystems/ext4; mke2fs(8), resize2fs(8)).
 */
package dev.cortado.runtime.file.ext4.make;
