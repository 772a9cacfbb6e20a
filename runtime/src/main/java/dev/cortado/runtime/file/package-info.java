/**
 * Files: what a file system is, and what is said about files. File systems are in packages of their
 * own ({@code tmpfs}, {@code ext4}, {@code iso9660} and others), above them the tree of mounts and
 * paths ({@code tree}), beside it open files of all kinds and their numbers ({@code open}). Nothing
 * here knows the kernel or the JDK's files.
 *
 * <p>The JDK's native methods stand on these: see the table in {@link
 * dev.cortado.runtime.file.tree}.
 */
package dev.cortado.runtime.file;
