package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** References that do not hold what they point to. */
final class ReferenceTest {
    @Test
    void weakOnesAreClearedAndQueued() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> reference = new WeakReference<>(new Object(), queue);
        collectUntilCleared(reference);
        assertSame(reference, queue.remove(Deadline.MILLISECONDS));
        assertNull(queue.poll());
    }

    private static void collectUntilCleared(Reference<?> reference) {
        Deadline.until(
                "cleared",
                () -> {
                    System.gc();
                    return reference.refersTo(null);
                });
    }

    @Test
    void weakOnesStayWhileTheObjectIsHeld() {
        Object held = new Object();
        WeakReference<Object> reference = new WeakReference<>(held);
        for (int i = 0; i < 3; i++) {
            System.gc();
            assertSame(held, reference.get());
        }
        Reference.reachabilityFence(held);
    }

    @Test
    void phantomsGiveNothingAndAreQueued() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        List<PhantomReference<Object>> references = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            references.add(new PhantomReference<>(new Object(), queue));
            assertNull(references.get(i).get());
        }
        for (PhantomReference<Object> reference : references) {
            collectUntilCleared(reference);
        }
        for (int i = 0; i < 50; i++) {
            assertNotNull(queue.remove(Deadline.MILLISECONDS));
        }
    }

    @Test
    void softOnesGoBeforeMemoryDoes() {
        SoftReference<byte[]> reference = new SoftReference<>(new byte[1 << 20]);
        List<byte[]> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            assertTrue(reference.refersTo(null));
            hoard.clear();
        }
    }

    @Test
    void aWeakMapForgets() {
        WeakHashMap<Object, String> map = new WeakHashMap<>();
        Object held = new Object();
        map.put(held, "held");
        for (int i = 0; i < 100; i++) {
            map.put(new Object(), "value " + i);
        }
        Deadline.until(
                "forgotten",
                () -> {
                    System.gc();
                    return map.size() == 1;
                });
        assertEquals("held", map.get(held));
    }

    @Test
    void aCleanerRuns() throws InterruptedException {
        Cleaner cleaner = Cleaner.create();
        CountDownLatch cleaned = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            cleaner.register(new Object(), cleaned::countDown);
        }
        Deadline.until(
                "cleaned",
                () -> {
                    System.gc();
                    return cleaned.getCount() == 0;
                });
    }

    @Test
    void aCleanerCanBeRunByHandOnce() {
        int[] runs = {0};
        Object object = new Object();
        Cleaner.Cleanable cleanable = Cleaner.create().register(object, () -> runs[0]++);
        cleanable.clean();
        cleanable.clean();
        assertEquals(1, runs[0]);
        Reference.reachabilityFence(object);
    }

    @Test
    void aQueueGivesUp() throws InterruptedException {
        long begin = System.nanoTime();
        assertNull(new ReferenceQueue<Object>().remove(10));
        assertTrue(System.nanoTime() - begin >= 10_000_000);
    }
}
