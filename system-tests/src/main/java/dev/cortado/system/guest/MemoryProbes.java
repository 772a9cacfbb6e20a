package dev.cortado.system.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The heap, the stack, and what protects them. */
final class MemoryProbes {
    private static final int MEBIBYTE = 1 << 20;

    private MemoryProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "heap-full", arguments -> heapFull(),
                "heap-churn", arguments -> heapChurn(),
                "recursion", arguments -> recursion());
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

    private static void heapChurn() {
        long sum = 0;
        for (int round = 0; round < 200; round++) {
            byte[][] live = new byte[64][];
            for (int i = 0; i < 4096; i++) {
                live[i % live.length] = new byte[(i * 37) % 3000 + 1];
                sum += live[i % live.length].length;
            }
        }
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        Probes.check(used < 32L * MEBIBYTE, used + " bytes used after a collection");
        System.out.println("churned " + sum);
    }

    private static void recursion() {
        for (int i = 0; i < 3; i++) {
            try {
                descend(0);
                Probes.check(false, "no end to the stack");
            } catch (StackOverflowError e) {
                System.out.println("caught StackOverflowError");
            }
        }
    }

    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }
}
