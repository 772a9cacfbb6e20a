package dev.cortado.runtime.jdk;

import jdk.internal.misc.Unsafe;

/** Copies between arrays and memory outside the Java heap, such as that of direct buffers. */
final class NativeBytes {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private NativeBytes() {}

    static byte[] read(long address, int length) {
        byte[] bytes = new byte[length];
        UNSAFE.copyMemory(null, address, bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, length);
        return bytes;
    }

    static void write(byte[] bytes, int length, long address) {
        UNSAFE.copyMemory(bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, null, address, length);
    }

    /** A C string: the bytes before the first 0. */
    static byte[] readString(long address) {
        int length = 0;
        while (UNSAFE.getByte(address + length) != 0) {
            length++;
        }
        return read(address, length);
    }
}
