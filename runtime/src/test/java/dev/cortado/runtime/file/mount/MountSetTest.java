package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
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
}
