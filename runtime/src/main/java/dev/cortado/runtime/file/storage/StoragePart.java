package dev.cortado.runtime.file.storage;

import java.nio.ByteBuffer;

/**
 * A part of a disk, to be written or read together with others.
 *
 * @param position where it begins, in bytes
 * @param bytes what it is, or is to be, from the buffer's position to its limit
 */
public record StoragePart(long position, ByteBuffer bytes) {}
