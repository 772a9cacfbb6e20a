/**
 * A disk's GUID partition table with its protective master boot record, written into the disk's
 * bytes (UEFI 2.10, chapter 5 "GUID Partition Table (GPT) Disk Layout").
 */
package dev.cortado.boot.gpt;
