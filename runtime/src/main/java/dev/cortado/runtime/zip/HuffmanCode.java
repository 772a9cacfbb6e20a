package dev.cortado.runtime.zip;

import java.util.Arrays;

/**
 * Finds the shortest code for symbols that occur so and so often, with codes of limited length (RFC
 * 1951, 3.2.2). Ties are broken as zlib breaks them, so that the same code comes out.
 */
final class HuffmanCode {
    private final int symbols;
    private final int maxLength;
    private final int[] frequencies;
    private final byte[] lengths;
    private final short[] codes;
    private final int[] parents;
    private final int[] depths;

    /** A heap while the tree grows; then the nodes, the root first, at its end. */
    private final int[] heap;

    private int heapSize;
    private int sortedStart;
    private int lastSymbol;

    HuffmanCode(int symbols, int maxLength) {
        this.symbols = symbols;
        this.maxLength = maxLength;
        int nodes = 2 * symbols + 1;
        frequencies = new int[nodes];
        lengths = new byte[nodes];
        codes = new short[symbols];
        parents = new int[nodes];
        depths = new int[nodes];
        heap = new int[nodes];
    }

    /** A code whose lengths are given. */
    HuffmanCode(byte[] fixedLengths) {
        this(fixedLengths.length, DeflateFormat.WINDOW_BITS);
        System.arraycopy(fixedLengths, 0, lengths, 0, fixedLengths.length);
        lastSymbol = fixedLengths.length - 1;
        assignCodes();
    }

    void clear() {
        Arrays.fill(frequencies, 0, symbols, 0);
    }

    void count(int symbol) {
        frequencies[symbol]++;
    }

    int frequency(int symbol) {
        return frequencies[symbol];
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /** The highest symbol that has a code. */
    int lastSymbol() {
        return lastSymbol;
    }

    void write(int symbol, BitWriter writer) {
        writer.write(codes[symbol] & 0xffff, lengths[symbol]);
    }

    /** Makes the code for the symbols counted; at least two symbols get one. */
    void build() {
        heapSize = 0;
        sortedStart = heap.length;
        lastSymbol = -1;
        for (int symbol = 0; symbol < symbols; symbol++) {
            lengths[symbol] = 0;
            if (frequencies[symbol] != 0) {
                lastSymbol = symbol;
                depths[symbol] = 0;
                heap[++heapSize] = symbol;
            }
        }
        int counted = heapSize;
        while (heapSize < 2) {
            int symbol = lastSymbol < 2 ? ++lastSymbol : 0;
            frequencies[symbol] = 1;
            depths[symbol] = 0;
            heap[++heapSize] = symbol;
        }
        int[] madeUp = Arrays.copyOfRange(heap, counted + 1, Math.max(3, counted + 1));
        for (int i = heapSize / 2; i >= 1; i--) {
            sink(i);
        }
        growTree();
        assignLengths();
        assignCodes();
        for (int symbol : madeUp) {
            frequencies[symbol] = 0;
        }
    }

    private void growTree() {
        int node = symbols;
        do {
            int least = heap[1];
            heap[1] = heap[heapSize--];
            sink(1);
            int second = heap[1];
            heap[--sortedStart] = least;
            heap[--sortedStart] = second;
            frequencies[node] = frequencies[least] + frequencies[second];
            depths[node] = Math.max(depths[least], depths[second]) + 1;
            parents[least] = node;
            parents[second] = node;
            heap[1] = node++;
            sink(1);
        } while (heapSize >= 2);
        heap[--sortedStart] = heap[1];
    }

    private void assignLengths() {
        int[] counts = new int[maxLength + 1];
        lengths[heap[sortedStart]] = 0;
        int overflow = 0;
        for (int i = sortedStart + 1; i < heap.length; i++) {
            int node = heap[i];
            int length = lengths[parents[node]] + 1;
            if (length > maxLength) {
                length = maxLength;
                overflow++;
            }
            lengths[node] = (byte) length;
            if (node <= lastSymbol) {
                counts[length]++;
            }
        }
        if (overflow > 0) {
            shorten(counts, overflow);
        }
    }

    /** Moves leaves up until none is deeper than allowed, then deals the lengths out again. */
    private void shorten(int[] counts, int overflow) {
        for (int excess = overflow; excess > 0; excess -= 2) {
            int length = maxLength - 1;
            while (counts[length] == 0) {
                length--;
            }
            counts[length]--;
            counts[length + 1] += 2;
            counts[maxLength]--;
        }
        int next = heap.length;
        for (int length = maxLength; length > 0; length--) {
            int left = counts[length];
            while (left > 0) {
                int node = heap[--next];
                if (node <= lastSymbol) {
                    lengths[node] = (byte) length;
                    left--;
                }
            }
        }
    }

    private void assignCodes() {
        int[] next = new int[DeflateFormat.WINDOW_BITS + 2];
        for (int symbol = 0; symbol <= lastSymbol; symbol++) {
            next[lengths[symbol] + 1]++;
        }
        next[1] = 0;
        for (int length = 1; length < next.length; length++) {
            next[length] = (next[length - 1] + next[length]) << 1;
        }
        for (int symbol = 0; symbol <= lastSymbol; symbol++) {
            int length = lengths[symbol];
            if (length != 0) {
                codes[symbol] = (short) (Integer.reverse(next[length]++) >>> 32 - length);
            }
        }
    }

    private void sink(int from) {
        int hole = from;
        int node = heap[hole];
        for (int child = 2 * hole; child <= heapSize; child *= 2) {
            if (child < heapSize && precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (precedes(node, heap[child])) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = node;
    }

    private boolean precedes(int first, int second) {
        int difference = frequencies[first] - frequencies[second];
        return difference < 0 || difference == 0 && depths[first] <= depths[second];
    }
}
