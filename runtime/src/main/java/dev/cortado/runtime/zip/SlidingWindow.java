package dev.cortado.runtime.zip;

/** The last 32 KiB of output of earlier calls, which matches may reach back to. */
final class SlidingWindow {
    private static final int SIZE = DeflateFormat.WINDOW_SIZE;
    private static final int MASK = SIZE - 1;

    private final byte[] bytes = new byte[SIZE];
    private int next;
    private int filled;

    void clear() {
        next = 0;
        filled = 0;
    }

    /** How far back a match may reach. */
    int filled() {
        return filled;
    }

    void append(byte[] source, int offset, int length) {
        int kept = Math.min(length, SIZE);
        int from = offset + length - kept;
        int first = Math.min(kept, SIZE - next);
        System.arraycopy(source, from, bytes, next, first);
        System.arraycopy(source, from + first, bytes, 0, kept - first);
        next = next + kept & MASK;
        filled = Math.min(SIZE, filled + kept);
    }

    /**
     * Copies bytes that lie {@code distance} back from the window's end; distance at least length
     * and at most {@link #filled}.
     */
    void copy(int distance, byte[] target, int offset, int length) {
        int from = next - distance & MASK;
        int first = Math.min(length, SIZE - from);
        System.arraycopy(bytes, from, target, offset, first);
        System.arraycopy(bytes, 0, target, offset + first, length - first);
    }
}
