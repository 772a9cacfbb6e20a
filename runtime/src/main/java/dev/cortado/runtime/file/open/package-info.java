/**
 * Open files, whatever they are, and the table that gives them numbers; pipes and the console,
 * which are open files without a file system; who waits for several of them.
 */
package dev.cortado.runtime.file.open;
