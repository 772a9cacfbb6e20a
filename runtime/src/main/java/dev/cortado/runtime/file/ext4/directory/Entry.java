package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;

/**
 * A name in a directory.
 *
 * @param cookie where to go on behind it
 * @param inode number of the file
 * @param kind null if the directory does not say
 */
public record Entry(FileName name, long cookie, long inode, FileKind kind) {}
