/**
 * A FAT12, FAT16 or FAT32 volume, as firmware reads it (Microsoft Extensible Firmware Initiative,
 * FAT32 File System Specification 1.03, "fatgen103"; UEFI 2.10, 13.3 "File System Format").
 *
 * <p>A volume is made whole, of files whose sizes are known: each file lies in one piece.
 */
package dev.cortado.boot.fat;
