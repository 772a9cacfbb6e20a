package dev.cortado.image.format.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers of a table in a file, of which only the page last looked at is in memory, however large
 * the table says it is.
 */
public final class TablePage {
    private static final int PAGE_BYTES = 1 << 12;

    private final ByteSource file;
    private final ByteOrder order;
    private final String what;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
    private long start = -1;

    /**
     * @param what the table is, for errors
     */
    public TablePage(ByteSource file, ByteOrder order, String what) {
        this.file = file;
        this.order = order;
        this.what = what;
        page.order(order);
    }

    public int int32(long position) {
        return holds(position, Integer.BYTES)
                ? page.getInt((int) (position - start))
                : file.bytes(position, Integer.BYTES, what).order(order).getInt();
    }

    public long int64(long position) {
        return holds(position, Long.BYTES)
                ? page.getLong((int) (position - start))
                : file.bytes(position, Long.BYTES, what).order(order).getLong();
    }

    /** Whether the page has it, after it was read if need be; not if it is on two of them. */
    private boolean holds(long position, int bytes) {
        file.requireInside(position, bytes, what);
        long wanted = position - position % PAGE_BYTES;
        if (position + bytes > wanted + PAGE_BYTES) {
            return false;
        }
        if (wanted != start) {
            page.clear().limit((int) Math.min(PAGE_BYTES, file.size() - wanted));
            file.read(wanted, page);
            start = wanted;
        }
        return true;
    }
}
