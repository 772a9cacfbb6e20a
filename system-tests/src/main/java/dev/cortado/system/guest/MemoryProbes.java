package dev.cortado.system.guest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The heap at its limit, on machines of every size. */
final class MemoryProbes {
    private static final int MEBIBYTE = 1 << 20;

    /** Threads, and what each has. */
    private static final int ASKING = 4;

    private static final int ASKED_MEBIBYTES = 8;

    private MemoryProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "heap-full", arguments -> heapFull(),
                "heap-edge", arguments -> heapEdge(),
                "threads-full", arguments -> threadsFull(),
                "direct-full", arguments -> directFull(),
                "direct-by-many", arguments -> directByMany(),
                "direct-hold", arguments -> directHold(Integer.parseInt(arguments[0])));
    }

    /** Of arrays that a collection moves; the machine may hardly have more than the image. */
    private static void heapEdge() {
        List<byte[]> all = new ArrayList<>();
        try {
            while (true) {
                all.add(new byte[10_000]);
            }
        } catch (OutOfMemoryError e) {
            all = null;
            System.out.println("caught OutOfMemoryError");
        }
    }

    private static void threadsFull() {
        int count = 0;
        try {
            for (; count < 1_000_000; count++) {
                Thread.ofPlatform().daemon().start(MemoryProbes::sleep);
            }
        } catch (OutOfMemoryError e) {
            System.out.println(e);
        }
        System.out.println(count > 500 ? "alive" : "only " + count);
    }

    private static void sleep() {
        try {
            Thread.sleep(1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Direct memory, and then the heap beside it. */
    private static void directFull() {
        List<ByteBuffer> buffers = new ArrayList<>();
        try {
            while (true) {
                buffers.add(ByteBuffer.allocateDirect(MEBIBYTE));
            }
        } catch (OutOfMemoryError e) {
            System.out.println("no direct memory");
        }
        Probes.check(buffers.size() > 0, "not one");
        int heap = fill();
        System.out.println(heap < buffers.size() ? "no heap" : heap + " MiB of heap beside it");
        buffers.clear();
        Probes.check(fill() > heap, "what the buffers had is not the heap's now");
        System.out.println("caught OutOfMemoryError thrice");
    }

    /** Threads that together never have more than there is, but for what they leave behind. */
    private static void directByMany() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < ASKING; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, e) -> failures.add(e))
                            .start(MemoryProbes::askAgainAndAgain));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Probes.check(failures.isEmpty(), failures.toString());
        System.out.println("all had theirs");
    }

    private static void askAgainAndAgain() {
        for (int i = 0; i < 50; i++) {
            ByteBuffer direct = ByteBuffer.allocateDirect(ASKED_MEBIBYTES * MEBIBYTE);
            direct.putInt(i * MEBIBYTE % direct.capacity(), i);
        }
    }

    private static void directHold(int mebibytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(mebibytes * MEBIBYTE);
        for (int i = 0; i < mebibytes; i++) {
            buffer.putInt(i * MEBIBYTE, i);
        }
        for (int i = 0; i < mebibytes; i++) {
            Probes.check(buffer.getInt(i * MEBIBYTE) == i, "not what was written");
        }
        System.out.println("held " + mebibytes + "M");
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
