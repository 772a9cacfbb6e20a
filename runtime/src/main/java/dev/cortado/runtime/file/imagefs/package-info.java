/**
 * A read-only file system that lies in memory or in a file as it was built: an index of names, and
 * contents that are read where they are.
 */
package dev.cortado.runtime.file.imagefs;
