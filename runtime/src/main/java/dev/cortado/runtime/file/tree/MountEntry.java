package dev.cortado.runtime.file.tree;

/**
 * A mounted file system, as {@code getmntent} tells of it.
 *
 * @param path where its root is
 * @param type what people call it
 */
public record MountEntry(byte[] path, String type, boolean readOnly) {}
