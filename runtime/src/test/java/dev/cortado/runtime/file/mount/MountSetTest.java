package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class MountSetTest {
    private final List<String> calls = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final MountSet mounted = new MountSet(log::add);

    private record Noting(List<String> calls, String path, boolean fails)
            implements MountedFileSystem {
        @Override
        public FileSystem fileSystem() {
            return null;
        }

        @Override
        public void commit() {
            note("commit ");
        }

        @Override
        public void unmount() {
            note("unmount ");
        }

        private void note(String call) {
            calls.add(call + path);
            if (fails) {
                throw new OutOfMemoryError("all of it is used");
            }
        }
    }

    private void add(String path, boolean fails) {
        mounted.add(path, null, new Noting(calls, path, fails));
    }

    @Test
    void oneWithoutMemoryDoesNotKeepOthersFromTheDisk() {
        add("/a", false);
        add("/b", true);
        add("/c", false);
        mounted.commit();
        assertEquals(List.of("commit /a", "commit /b", "commit /c"), calls);
        calls.clear();
        mounted.unmount();
        assertEquals(List.of("unmount /c", "unmount /b", "unmount /a"), calls);
        assertEquals(
                List.of(
                        "/b cannot be written: all of it is used",
                        "/b was not unmounted: all of it is used"),
                log);
    }

    /** The machine must not end while another thread still writes. */
    @Test
    void whoUnmountsASecondTimeWaitsForTheFirst() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        mounted.add("/slow", null, new Slow(calls, mayEnd));
        Within.Running<Void> first = Within.start(false, this::unmount).awaitWaiting();
        Within.Running<Void> second = Within.start(false, this::unmount).awaitWaiting();
        assertFalse(second.task().isDone());
        mayEnd.countDown();
        first.end();
        second.end();
        assertEquals(List.of("unmounted"), calls);
    }

    private Void unmount() {
        mounted.unmount();
        return null;
    }

    private record Slow(List<String> calls, CountDownLatch mayEnd) implements MountedFileSystem {
        @Override
        public FileSystem fileSystem() {
            return null;
        }

        @Override
        public void commit() {
            calls.add("committed");
        }

        @Override
        public void unmount() {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            calls.add("unmounted");
        }
    }
}
