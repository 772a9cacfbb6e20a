package dev.cortado.kernel.substrate;

import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.monitor.MonitorText;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Text that is printed while all threads stand still, to be shown when they go on: nobody waits for
 * a console meanwhile. It is kept in memory of the kernel, since nothing may be allocated.
 */
final class CollectedText implements MonitorText.Output, AutoCloseable {
    private static final int CHUNK_BYTES = 16 << 10;

    /** Of a chunk: the next one's address. */
    private static final int NEXT = 0;

    private static final int TEXT = Long.BYTES;

    private long first;
    private long last;
    private int used = CHUNK_BYTES;
    private boolean isCut;

    @Override
    public void write(byte[] text, int count) {
        for (int i = 0; i < count && !isCut; i++) {
            if (used == CHUNK_BYTES) {
                addChunk();
            }
            if (!isCut) {
                at(last).writeByte(used++, text[i]);
            }
        }
    }

    private void addChunk() {
        long chunk = Memory.allocate(CHUNK_BYTES);
        if (chunk == 0) {
            isCut = true;
            return;
        }
        at(chunk).writeLong(NEXT, 0L);
        if (first == 0) {
            first = chunk;
        } else {
            at(last).writeLong(NEXT, chunk);
        }
        last = chunk;
        used = TEXT;
    }

    /** Prints it all. */
    void show(MonitorText text) {
        for (long chunk = first; chunk != 0; chunk = at(chunk).readLong(NEXT)) {
            int end = chunk == last ? used : CHUNK_BYTES;
            for (int i = TEXT; i < end; i++) {
                char character = (char) at(chunk).readByte(i);
                if (character == '\n') {
                    text.line();
                } else {
                    text.character(character);
                }
            }
        }
        if (isCut) {
            text.line().text("... and more, for which there is no memory").line();
        }
    }

    @Override
    public void close() {
        long chunk = first;
        while (chunk != 0) {
            long next = at(chunk).readLong(NEXT);
            Memory.free(chunk);
            chunk = next;
        }
    }

    private static Pointer at(long address) {
        return WordFactory.pointer(address);
    }
}
