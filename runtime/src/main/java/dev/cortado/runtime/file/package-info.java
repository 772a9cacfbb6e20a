/**
 * Files: what a file system is, and what is said about files. File systems are in packages of their
 * own ({@code tmpfs}, {@code imagefs}), above them the tree of mounts and paths ({@code tree}),
 * beside it open files of all kinds and their numbers ({@code open}). Nothing here knows the kernel
 * or the JDK's files.
 *
 * <p>Until the JDK's native methods stand on these, they answer from {@link
 * dev.cortado.runtime.file.EmptyFileSystem} and {@link dev.cortado.runtime.file.Errors}.
 */
package dev.cortado.runtime.file;
