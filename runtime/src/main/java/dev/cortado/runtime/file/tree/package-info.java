/**
 * The tree of all files: file systems mounted one into the other, paths, and the files that are
 * opened by them. Errors, and which of several comes first, are those of Linux (path_resolution(7)
 * and the manual page of each call), since that is what programs were tested on. There is one user,
 * who may do everything, as root may.
 *
 * <p>No method of the JDK leads here yet. Below, each native method of JDK 25 that has to do with
 * files, and what it is to call. {@code table} is the {@link
 * dev.cortado.runtime.file.open.OpenFileTable}, {@code tree} the {@link
 * dev.cortado.runtime.file.tree.FileTree}, {@code file} is {@code table.get(fd)}.
 */
package dev.cortado.runtime.file.tree;
