package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Throwing and catching. */
final class ExceptionTest {
    private final List<String> events = new ArrayList<>();

    private final class Resource implements AutoCloseable {
        private final String name;

        Resource(String name) {
            this.name = name;
            events.add("open " + name);
        }

        @Override
        public void close() {
            events.add("close " + name);
            throw new IllegalStateException("closing " + name);
        }
    }

    @Test
    void resourcesAreClosedAndTheirExceptionsKept() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, this::failWithResources);
        assertEquals(List.of("open a", "open b", "close b", "close a"), events);
        assertEquals(2, e.getSuppressed().length);
        assertEquals("closing b", e.getSuppressed()[0].getMessage());
    }

    private void failWithResources() {
        try (Resource a = new Resource("a");
                Resource b = new Resource("b")) {
            throw new IllegalArgumentException(a.name + b.name);
        }
    }

    @Test
    void finallyRunsOnEveryWayOut() {
        assertEquals(1, wayOut(0));
        assertEquals(-1, wayOut(1));
        assertThrows(Error.class, () -> wayOut(2));
        assertEquals(List.of("finally", "caught", "finally", "finally"), events);
    }

    private int wayOut(int which) {
        try {
            if (which == 1) {
                throw new IllegalStateException();
            }
            if (which == 2) {
                throw new Error();
            }
            return 1;
        } catch (IllegalStateException e) {
            events.add("caught");
            return -1;
        } finally {
            events.add("finally");
        }
    }

    @Test
    void causesAreShown() {
        Exception cause = new Exception("inner");
        RuntimeException outer = new RuntimeException("outer", cause);
        assertSame(cause, outer.getCause());
        StringWriter text = new StringWriter();
        outer.printStackTrace(new PrintWriter(text));
        assertTrue(text.toString().startsWith("java.lang.RuntimeException: outer"));
        assertTrue(text.toString().contains("Caused by: java.lang.Exception: inner"));
        assertTrue(text.toString().contains("ExceptionTest.causesAreShown(ExceptionTest.java:"));
    }

    @Test
    void unwindsManyFrames() {
        for (int depth : new int[] {1, 10, 100, 2_000}) {
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> descend(depth));
            assertEquals("at " + depth, e.getMessage());
        }
    }

    private static int descend(int depth) {
        return descend(depth, depth);
    }

    private static int descend(int depth, int left) {
        if (left == 0) {
            throw new IllegalStateException("at " + depth);
        }
        return descend(depth, left - 1) + 1;
    }

    @Test
    void manyThreadsThrow() throws InterruptedException {
        TestThread.finishAll(
                TestThread.startAll(
                        5,
                        () -> {
                            for (int i = 0; i < 300; i++) {
                                assertThrows(IllegalStateException.class, () -> descend(20));
                            }
                        }));
    }
}
