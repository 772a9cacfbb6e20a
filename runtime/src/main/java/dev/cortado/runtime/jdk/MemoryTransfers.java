package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.jdk.map.MappedAccess;
import java.nio.ByteBuffer;

/**
 * Reads into and writes from memory outside the Java heap. A mapped file's goes through the heap:
 * its pages may have to be read, and whoever reads or writes the other file has that one's locks.
 */
final class MemoryTransfers {
    private static final int PART_BYTES = 64 << 10;

    /** Moves bytes between a buffer and a file, see {@link OpenFile}. */
    @FunctionalInterface
    interface Move {
        int run(ByteBuffer buffer) throws FileException;
    }

    /** Moves bytes between a buffer and a place in a file. */
    @FunctionalInterface
    interface PositionedMove {
        int run(long position, ByteBuffer buffer) throws FileException;
    }

    /** What is to be written. */
    @FunctionalInterface
    interface Source {
        byte[] read(int offset, int size);
    }

    private MemoryTransfers() {}

    /** Of a mapped file's memory as much as a part at the most is read into. */
    static int read(Move read, long address, int length) throws FileException {
        if (!MappedAccess.isMapped(address)) {
            return read.run(NativeBytes.at(address, length));
        }
        ByteBuffer part = ByteBuffer.allocate(Math.min(length, PART_BYTES));
        int count = read.run(part);
        if (count > 0) {
            NativeBytes.write(part.array(), count, address);
        }
        return count;
    }

    /** What is to be written at once: a mapped file's is copied. */
    static ByteBuffer source(long address, int length) {
        return MappedAccess.isMapped(address)
                ? ByteBuffer.wrap(NativeBytes.read(address, length))
                : NativeBytes.at(address, length);
    }

    static int write(Move write, long address, int length) throws FileException {
        return writeAt((position, from) -> write.run(from), 0, address, length);
    }

    /** Writes at a position of the file. */
    static int writeAt(PositionedMove write, long position, long address, int length)
            throws FileException {
        if (!MappedAccess.isMapped(address)) {
            return write.run(position, NativeBytes.at(address, length));
        }
        return writeParts(
                write,
                position,
                length,
                (offset, size) -> NativeBytes.read(address + offset, size));
    }

    /** As many as were written, if some were and then there is a failure. */
    static int writeParts(PositionedMove write, long position, int length, Source source)
            throws FileException {
        int total = 0;
        while (total < length) {
            int size = Math.min(length - total, PART_BYTES);
            ByteBuffer part = ByteBuffer.wrap(source.read(total, size));
            int done;
            try {
                done = write.run(position + total, part);
            } catch (FileException e) {
                if (total == 0) {
                    throw e;
                }
                return total;
            }
            if (done <= 0) {
                return total == 0 ? done : total;
            }
            total += done;
        }
        return total;
    }
}
