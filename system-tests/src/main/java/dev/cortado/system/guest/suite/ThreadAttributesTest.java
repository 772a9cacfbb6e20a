package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priority, daemon, group: what a thread takes over from its parent, and what can be set. */
final class ThreadAttributesTest {
    @ParameterizedTest
    @ValueSource(ints = {Thread.MIN_PRIORITY, 4, Thread.NORM_PRIORITY, Thread.MAX_PRIORITY})
    void priorityIsInherited(int priority) throws InterruptedException {
        TestThread parent =
                TestThread.start(
                        Thread.ofPlatform().priority(priority),
                        () -> {
                            assertEquals(priority, Thread.currentThread().getPriority());
                            assertEquals(priority, new Thread(() -> {}).getPriority());
                        });
        parent.finish();
    }

    @Test
    void priorityCanBeChangedWhileTheThreadRuns() throws InterruptedException {
        CountDownLatch changed = new CountDownLatch(1);
        TestThread thread =
                TestThread.start(() -> {
                    Deadline.await(changed);
                    assertEquals(2, Thread.currentThread().getPriority());
                });
        thread.thread().setPriority(2);
        changed.countDown();
        thread.finish();
    }

    @Test
    void priorityHasBounds() {
        Thread thread = new Thread(() -> {});
        assertThrows(IllegalArgumentException.class, () -> thread.setPriority(0));
        assertThrows(IllegalArgumentException.class, () -> thread.setPriority(11));
    }

    @Test
    void aGroupLimitsPriority() {
        ThreadGroup group = new ThreadGroup("limited");
        group.setMaxPriority(3);
        Thread thread = new Thread(group, () -> {});
        thread.setPriority(9);
        assertEquals(3, thread.getPriority());
    }

    /** Threads of every priority get on, for none waits for another here. */
    @Test
    void everyPriorityRuns() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(10);
        for (int priority = Thread.MIN_PRIORITY; priority <= Thread.MAX_PRIORITY; priority++) {
            TestThread.start(Thread.ofPlatform().priority(priority), ran::countDown);
        }
        Deadline.await(ran);
    }

    @Test
    void daemonIsInherited() throws InterruptedException {
        for (boolean daemon : new boolean[] {true, false}) {
            TestThread.start(
                            Thread.ofPlatform().daemon(daemon),
                            () -> {
                                assertEquals(daemon, Thread.currentThread().isDaemon());
                                assertEquals(daemon, new Thread(() -> {}).isDaemon());
                            })
                    .finish();
        }
    }

    @Test
    void daemonCannotBeSetOnceStarted() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread thread = TestThread.start(() -> Deadline.await(end));
        assertThrows(IllegalThreadStateException.class, () -> thread.thread().setDaemon(false));
        end.countDown();
        thread.finish();
    }

    @Test
    void groupIsInheritedAndLeftAtTheEnd() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("group");
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Thread> child = new AtomicReference<>();
        TestThread parent =
                TestThread.start(
                        Thread.ofPlatform().group(group),
                        () -> {
                            child.set(new Thread(() -> {}));
                            Deadline.await(end);
                        });
        Deadline.until("a child", () -> child.get() != null);
        assertSame(group, child.get().getThreadGroup());
        Thread[] members = new Thread[4];
        assertEquals(1, group.enumerate(members));
        assertSame(parent.thread(), members[0]);
        assertEquals(1, group.activeCount());
        end.countDown();
        parent.finish();
        Deadline.until("an empty group", () -> group.activeCount() == 0);
        assertEquals(null, parent.thread().getThreadGroup());
    }

    @Test
    void groupsHaveParents() {
        ThreadGroup parent = new ThreadGroup("parent");
        ThreadGroup child = new ThreadGroup(parent, "child");
        assertSame(parent, child.getParent());
        assertTrue(parent.parentOf(child));
        assertFalse(child.parentOf(parent));
        ThreadGroup[] groups = new ThreadGroup[2];
        parent.enumerate(groups);
        assertTrue(Arrays.asList(groups).contains(child));
    }

    @Test
    void contextClassLoaderIsInherited() throws InterruptedException {
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        TestThread.start(() -> assertSame(mine, Thread.currentThread().getContextClassLoader()))
                .finish();
    }
}
