package dev.cortado.kernel.substrate;

/**
 * How much of the machine the Java heap has before it is known what the program needs. It begins
 * small: a server whose requests leave nothing behind then stays so, and what does need more gets
 * it, since the generations grow while collections cost more than a twentieth of the time.
 */
final class HeapSizes {
    /** The part of the machine's memory, as a shift, that the heap begins with, as HotSpot's. */
    private static final int INITIAL_SHIFT = 6;

    /** With half of it for young objects, a program starts without a collection. */
    private static final long LEAST_INITIAL_BYTES = 24L << 20;

    private static final long MOST_INITIAL_BYTES = 128L << 20;

    /** The part of what is old and alive, as a shift, that may come before all is collected. */
    private static final int ROOM_SHIFT = 1;

    /** The part of the machine's memory, as a shift, that each generation has at least. */
    private static final int LEAST_PART_SHIFT = 4;

    /** What a generation grows by when collections cost much, in percent of what it is. */
    private static final int GROWTH_PERCENT = 10;

    private HeapSizes() {}

    /**
     * What both generations may have before the first collections say more, in bytes.
     *
     * @param memory of the machine, in bytes
     */
    static long initial(long memory) {
        long part = memory >> INITIAL_SHIFT;
        return Math.max(LEAST_INITIAL_BYTES, Math.min(MOST_INITIAL_BYTES, part));
    }

    /**
     * What young objects have at least, and what old ones have room for, where nothing else wants
     * the memory, in bytes: with smaller parts, a server's collections cost a quarter of its time.
     *
     * @param memory of the machine, in bytes
     */
    static long leastPart(long memory) {
        return Math.min(LEAST_INITIAL_BYTES / 2, memory >> LEAST_PART_SHIFT);
    }

    /**
     * What costs of collections let a part of the heap grow to, in bytes: with as much room as
     * there is alive, a collection looks at no more than what has been allocated since the last
     * one.
     *
     * @param memory of the machine, in bytes
     * @param live what is in the old generation, in bytes
     */
    static long mostPart(long memory, long live) {
        return Math.max(initial(memory), live);
    }

    /**
     * How much larger a part of the heap becomes because collections cost much, in bytes.
     *
     * @param size that it has, in bytes
     * @param supplement in percent of it, beside the usual growth
     * @param most that it may have, in bytes; if it has more, it keeps that
     */
    static long growth(long size, long supplement, long most) {
        long wanted = size / 100 * (GROWTH_PERCENT + supplement);
        return Math.max(0, Math.min(wanted, most - size));
    }

    /**
     * How far the old generation may grow until it is collected again, in bytes. A heap that is
     * being filled grows by a part of itself, so that all its collections together cost a few times
     * the last one.
     *
     * @param live what a full collection has left in it
     * @param wanted what the costs of collections ask for
     */
    static long oldRoom(long live, long wanted) {
        return Math.max(wanted, live >> ROOM_SHIFT);
    }
}
