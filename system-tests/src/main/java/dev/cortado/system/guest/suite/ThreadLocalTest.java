package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values of one thread. */
final class ThreadLocalTest {
    @Test
    void eachThreadHasItsOwn() throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ThreadLocal<Integer> local = ThreadLocal.withInitial(next::incrementAndGet);
        assertEquals(1, local.get());
        List<TestThread> threads =
                TestThread.startAll(
                        8,
                        () -> {
                            int mine = local.get();
                            for (int i = 0; i < 100; i++) {
                                local.set(mine * 1000 + i);
                                Thread.yield();
                                assertEquals(mine * 1000 + i, local.get());
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(1, local.get());
        assertEquals(9, next.get());
    }

    @Test
    void removedValuesBeginAnew() {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "first");
        local.set("second");
        local.remove();
        assertEquals("first", local.get());
    }

    @Test
    void inheritableOnesAreInherited() throws InterruptedException {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("parent's");
        TestThread child =
                TestThread.start(() -> {
                    assertEquals("parent's", local.get());
                    local.set("child's");
                });
        child.finish();
        assertEquals("parent's", local.get());
        TestThread.start(
                        Thread.ofPlatform().inheritInheritableThreadLocals(false),
                        () -> assertNull(local.get()))
                .finish();
    }

    @Test
    void manyAtOnce() {
        List<ThreadLocal<Integer>> locals = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ThreadLocal<Integer> local = new ThreadLocal<>();
            local.set(i);
            locals.add(local);
        }
        for (int i = 0; i < locals.size(); i++) {
            assertEquals(i, locals.get(i).get());
            locals.get(i).remove();
        }
    }

    @Test
    void virtualThreadsHaveThemToo() throws InterruptedException {
        ThreadLocal<Integer> local = new ThreadLocal<>();
        local.set(1);
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int mine = i;
            threads.add(
                    TestThread.start(
                            Thread.ofVirtual(),
                            () -> {
                                assertNull(local.get());
                                local.set(mine);
                                Thread.sleep(1);
                                assertEquals(mine, local.get());
                            }));
        }
        TestThread.finishAll(threads);
        assertEquals(1, local.get());
    }

    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    @Test
    void scopedValuesNest() {
        assertThrows(NoSuchElementException.class, SCOPED::get);
        ScopedValue.where(SCOPED, "outer")
                .run(() -> {
                    assertEquals("outer", SCOPED.get());
                    ScopedValue.where(SCOPED, "inner")
                            .run(() -> assertEquals("inner", SCOPED.get()));
                    assertEquals("outer", SCOPED.get());
                });
        assertEquals(false, SCOPED.isBound());
    }

    @Test
    void scopedValuesAreUnboundAfterAnException() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        ScopedValue.where(SCOPED, "outer")
                                .run(() -> {
                                    throw new IllegalStateException(SCOPED.get());
                                }));
        assertEquals(false, SCOPED.isBound());
        assertEquals("else", SCOPED.orElse("else"));
    }
}
