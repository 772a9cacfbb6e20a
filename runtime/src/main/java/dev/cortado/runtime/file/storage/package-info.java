/**
 * Disks as file systems see them: bytes at positions, kept for good after a flush. Nothing here
 * knows a driver.
 */
package dev.cortado.runtime.file.storage;
