/**
 * Metadata that is changed in steps: all blocks of a step are on the disk after a crash, or none
 * is.
 */
package dev.cortado.runtime.file.storage.transaction;
