package dev.cortado.runtime.zip;

/** Pieces of output, and what came before them, into which matches reach back. */
final class InflateOutput {
    private final SlidingWindow window = new SlidingWindow();

    byte[] output;
    int start;
    int next;
    int end;

    void clear() {
        window.clear();
    }

    /** Goes on with another piece of output. */
    void open(byte[] piece, int offset, int length) {
        output = piece;
        start = offset;
        next = offset;
        end = offset + length;
    }

    /** Remembers bytes that matches may reach back into. */
    void remember(byte[] bytes, int offset, int length) {
        window.append(bytes, offset, length);
    }

    int room() {
        return end - next;
    }

    int produced() {
        return next - start;
    }

    /** How far a match at {@code put} may reach back. */
    int reach(int put) {
        return put - start + window.filled();
    }

    /** Returns where the output goes on. */
    int copyMatch(byte[] out, int put, int back, int count) {
        int left = count;
        int to = put;
        int beyond = back - (to - start);
        if (beyond > 0) {
            int fromWindow = Math.min(beyond, left);
            window.copy(beyond, out, to, fromWindow);
            to += fromWindow;
            left -= fromWindow;
            if (left == 0) {
                return to;
            }
        }
        if (back >= left) {
            System.arraycopy(out, to - back, out, to, left);
            return to + left;
        }
        for (int last = to + left; to < last; to++) {
            out[to] = out[to - back];
        }
        return to;
    }
}
