/** Contents of files, kept in memory a page at a time. */
package dev.cortado.runtime.file.storage.cache;
