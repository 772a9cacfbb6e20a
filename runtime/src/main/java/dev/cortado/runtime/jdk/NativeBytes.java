package dev.cortado.runtime.jdk;

import dev.cortado.runtime.jdk.map.BulkAccess;
import java.nio.ByteBuffer;
import jdk.internal.access.JavaNioAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** Copies between arrays and memory outside the Java heap, such as that of direct buffers. */
final class NativeBytes {
    /** Bytes that are on the heap at once. */
    private static final int PIECE = 1 << 16;

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

    /** A sum over bytes that goes on from what it was over those before. */
    interface Sum {
        int add(int sum, byte[] bytes, int offset, int length);
    }

    /** Of a buffer that may be larger than the heap: a mapped file's. */
    static int sum(int before, long address, int length, Sum sum) {
        int all = before;
        for (long done = 0; done < length; done += PIECE) {
            int count = (int) Math.min(PIECE, length - done);
            all = sum.add(all, read(address + done, count), 0, count);
        }
        return all;
    }
}
