package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Collections: what is reachable stays as it is, the rest makes room. */
final class GarbageCollectionTest {
    private static final long MEBIBYTE = 1 << 20;

    private static final class Node {
        final int number;
        Node next;

        Node(int number, Node next) {
            this.number = number;
            this.next = next;
        }
    }

    /** Far more than the machine's memory in all, little of it at a time. */
    @Test
    void garbageMakesRoom() {
        long sum = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[(int) MEBIBYTE];
            bytes[round] = 1;
            sum += bytes.length;
        }
        assertEquals(2_000 * MEBIBYTE, sum);
    }

    @Test
    void smallGarbageMakesRoom() {
        byte[][] live = new byte[64][];
        for (int i = 0; i < 500_000; i++) {
            byte[] old = live[i % live.length];
            assertTrue(old == null || old[0] == i % live.length);
            byte[] bytes = new byte[(i * 37) % 3_000 + 1];
            bytes[0] = (byte) (i % live.length);
            live[i % live.length] = bytes;
        }
        System.gc();
        assertTrue(used() < 32 * MEBIBYTE, () -> used() + " bytes used after a collection");
    }

    @Test
    void collectedMemoryIsFree() {
        System.gc();
        long before = used();
        byte[][] hoard = new byte[64][];
        for (int i = 0; i < hoard.length; i++) {
            hoard[i] = new byte[(int) MEBIBYTE];
        }
        assertTrue(used() - before >= 60 * MEBIBYTE);
        assertEquals(MEBIBYTE, hoard[63].length);
        hoard = null;
        System.gc();
        assertTrue(used() - before < 8 * MEBIBYTE, () -> used() - before + " bytes are left");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void longListsAreKept() {
        Node list = null;
        for (int i = 0; i < 200_000; i++) {
            list = new Node(i, list);
        }
        System.gc();
        int expected = 199_999;
        for (Node node = list; node != null; node = node.next) {
            assertEquals(expected--, node.number);
        }
        assertEquals(-1, expected);
    }

    /** Old objects that point to young ones. */
    @Test
    void youngObjectsInOldOnes() {
        Node[] old = new Node[1_000];
        for (int i = 0; i < old.length; i++) {
            old[i] = new Node(i, null);
        }
        System.gc();
        System.gc();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < old.length; i++) {
                old[i].next = new Node(i * 1_000 + round, null);
            }
            byte[] garbage = new byte[(int) MEBIBYTE];
            assertEquals(MEBIBYTE, garbage.length);
        }
        System.gc();
        for (int i = 0; i < old.length; i++) {
            assertEquals(i, old[i].number);
            assertEquals(i * 1_000 + 19, old[i].next.number);
        }
    }

    @Test
    void identityHashCodesStay() {
        List<Object> objects = new ArrayList<>();
        Map<Object, Integer> codes = new IdentityHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Object object = new Object();
            objects.add(object);
            codes.put(object, System.identityHashCode(object));
        }
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (Object object : objects) {
                assertEquals(codes.get(object), System.identityHashCode(object));
            }
        }
    }

    @Test
    void whileOtherThreadsAllocate() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            Map<Integer, String> map = new HashMap<>();
                            for (int i = 0; !stop.get(); i++) {
                                map.put(i % 500, "value " + i % 500);
                                assertEquals("value " + i % 500, map.get(i % 500));
                            }
                        });
        for (int i = 0; i < 20; i++) {
            System.gc();
            Thread.yield();
        }
        stop.set(true);
        TestThread.finishAll(threads);
    }

    @Test
    void askedForByManyThreads() throws InterruptedException {
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            Object[] kept = new Object[100];
                            for (int i = 0; i < 5; i++) {
                                kept[i] = "kept " + i;
                                System.gc();
                            }
                            assertEquals("kept 4", kept[4]);
                        });
        TestThread.finishAll(threads);
    }
}
