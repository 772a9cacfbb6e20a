package dev.cortado.runtime.jdk;

import dev.cortado.runtime.jdk.map.BulkAccess;
import java.nio.ByteBuffer;
import jdk.internal.access.JavaNioAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** Copies between arrays and memory outside the Java heap, such as that of direct buffers. */
final class NativeBytes {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final JavaNioAccess BUFFERS = SharedSecrets.getJavaNioAccess();

    private NativeBytes() {}

    static byte[] read(long address, int length) {
        byte[] bytes = new byte[length];
        BulkAccess.copyMemory(null, address, bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, length);
        return bytes;
    }

    static void write(byte[] bytes, int length, long address) {
        BulkAccess.copyMemory(bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, null, address, length);
    }

    /** The memory itself, as a buffer; whoever gave the address keeps it. */
    static ByteBuffer at(long address, int length) {
        return BUFFERS.newDirectByteBuffer(address, length, null, null);
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
