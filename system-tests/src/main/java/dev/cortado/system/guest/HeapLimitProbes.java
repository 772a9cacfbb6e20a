package dev.cortado.system.guest;

import java.util.Map;

/** How much memory Java may take, and whether it gets that. */
final class HeapLimitProbes {
    private static final int MEBIBYTE = 1 << 20;

    /** A list of many small objects, which a collection moves, unlike large arrays. */
    private record Link(Link next, byte[] bytes) {}

    private static Link hoard;
    private static int depth;

    private HeapLimitProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "limits", HeapLimitProbes::limits,
                "heap-full-of-small", arguments -> fullOfSmall(),
                "heap-serve", arguments -> serve(Integer.parseInt(arguments[0])),
                "heap-hold", arguments -> hold(Integer.parseInt(arguments[0])));
    }

    private static void limits(String[] arguments) throws InterruptedException {
        System.out.println("arguments " + String.join(" ", arguments));
        System.out.println("heap " + Runtime.getRuntime().maxMemory() / MEBIBYTE + "M");
        System.out.println("main thread " + depth() + " deep");
        Thread other = new Thread(() -> System.out.println("other thread " + depth() + " deep"));
        other.start();
        other.join();
    }

    private static int depth() {
        depth = 0;
        try {
            descend();
        } catch (StackOverflowError e) {
            return depth;
        }
        throw new AssertionError("no end to the stack");
    }

    private static int descend() {
        depth++;
        return descend() + 1;
    }

    /** Twice: what the first round took must come back. */
    private static void fullOfSmall() {
        long first = fill();
        long second = fill();
        Probes.check(second >= first - first / 4, first + " objects, then " + second);
        System.out.println("caught OutOfMemoryError twice");
    }

    private static long fill() {
        long count = 0;
        try {
            while (true) {
                hoard = new Link(hoard, new byte[100]);
                count++;
            }
        } catch (OutOfMemoryError e) {
            hoard = null;
            return count;
        }
    }

    /**
     * Allocates a GiB as a server does, each object of which is garbage soon, but not at once, and
     * has at no time more than so many MiB in use.
     */
    private static void serve(int mebibytes) {
        byte[][] requests = new byte[512][];
        long most = 0;
        for (int i = 0; i < 1 << 18; i++) {
            requests[i % requests.length] = new byte[4000];
            Runtime runtime = Runtime.getRuntime();
            most = Math.max(most, runtime.totalMemory() - runtime.freeMemory());
        }
        Probes.check(most <= (long) mebibytes * MEBIBYTE, most + " bytes were in use");
        System.out.println("served");
    }

    /** Holds that many MiB, an eighth of it in small objects, and collects. */
    private static void hold(int mebibytes) {
        int small = mebibytes / 8;
        byte[][] large = new byte[mebibytes - small][];
        for (int i = 0; i < large.length; i++) {
            large[i] = new byte[MEBIBYTE];
            large[i][i] = (byte) i;
        }
        int bytes = 4000;
        for (long held = 0; held < (long) small * MEBIBYTE; held += bytes) {
            hoard = new Link(hoard, new byte[bytes]);
        }
        System.gc();
        for (int i = 0; i < large.length; i++) {
            Probes.check(large[i][i] == (byte) i, "a large array is not what it was");
        }
        long links = 0;
        for (Link link = hoard; link != null; link = link.next) {
            links++;
        }
        Probes.check(links >= (long) small * MEBIBYTE / bytes, links + " links");
        System.out.println("held " + mebibytes + "M");
    }
}
