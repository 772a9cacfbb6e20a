package dev.cortado.system.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The heap at its limit, on machines of every size. */
final class MemoryProbes {
    private static final int MEBIBYTE = 1 << 20;

    private MemoryProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("heap-full", arguments -> heapFull());
    }

    /** Fills the heap to the brim, twice: what the first round took must come back. */
    private static void heapFull() {
        int first = fill();
        int second = fill();
        Probes.check(first > 0 && second >= first - first / 4, first + " MiB, then " + second);
        System.out.println("caught OutOfMemoryError twice");
    }

    private static int fill() {
        List<byte[]> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(new byte[MEBIBYTE]);
            }
        } catch (OutOfMemoryError e) {
            int size = hoard.size();
            hoard.clear();
            return size;
        }
    }
}
