/** A file system in memory, with a limit: what is on it is gone with the machine. */
package dev.cortado.runtime.file.tmpfs;
