/**
 * Partitions of disks: MBR and GPT. All numbers are the disk's, and are checked before they are
 * used: what makes no sense is left out, and said. A partition is a {@link
 * dev.cortado.runtime.file.storage.Storage} of its own.
 */
package dev.cortado.runtime.file.storage.partition;
