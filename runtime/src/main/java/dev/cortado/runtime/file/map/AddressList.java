package dev.cortado.runtime.file.map;

/** Lowers the reach of pages, many at a time: all threads have to stand still for it. */
final class AddressList {
    /** So that threads stand still for microseconds. */
    private static final int CAPACITY = 256;

    private final PageMemory memory;
    private final Reach reach;
    private final long[] addresses = new long[CAPACITY];
    private int count;

    AddressList(PageMemory memory, Reach reach) {
        this.memory = memory;
        this.reach = reach;
    }

    void add(long address) {
        if (count == CAPACITY) {
            finish();
        }
        addresses[count++] = address;
    }

    /** Returns when that has happened to all that were added. */
    void finish() {
        if (count > 0) {
            memory.lower(addresses, count, reach);
            count = 0;
        }
    }
}
