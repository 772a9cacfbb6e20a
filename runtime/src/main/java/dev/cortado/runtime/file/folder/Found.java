package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;

/**
 * A file that was found by its name.
 *
 * @param handle a new one; null if it was made and none came with it
 * @param number by which it is known in this session and in those that follow
 * @param kind null if the server has not said it
 * @param seen what it was like; null if the server has not said it
 */
public record Found(Handle handle, long number, FileKind kind, Attributes seen) {}
