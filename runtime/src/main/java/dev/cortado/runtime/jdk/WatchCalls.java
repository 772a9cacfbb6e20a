package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.tree.FileEvent;
import dev.cortado.runtime.file.tree.FileEvent.Kind;
import dev.cortado.runtime.file.tree.Watch;
import dev.cortado.runtime.file.tree.Watcher;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the watch service does with the tree of files; kinds of events are bits there. */
final class WatchCalls {
    private static final int WORDS = 3;

    private WatchCalls() {}

    static Watch watch(Watcher watcher, byte[] path, int bits) throws Exception {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if ((bits & bit(kind)) != 0) {
                kinds.add(kind);
            }
        }
        return FileErrors.unixResult(
                () -> GuestFiles.get().tree().watch(null, path, watcher, kinds));
    }

    /** As {@code sun.nio.fs.TreeWatchService} has them. */
    private static int bit(Kind kind) {
        return switch (kind) {
            case CREATE -> 1;
            case DELETE -> 2;
            case MODIFY -> 4;
            case OVERFLOW -> 8;
            case GONE -> 16;
        };
    }

    /** Waits for events; of each its watch, its kind and its name's bytes. */
    static Object[] await(Watcher watcher) {
        List<FileEvent> events = watcher.await();
        Object[] words = new Object[WORDS * events.size()];
        int at = 0;
        for (FileEvent event : events) {
            words[at++] = event.watch();
            words[at++] = bit(event.kind());
            words[at++] = event.name() == null ? null : event.name().bytes();
        }
        return words;
    }
}
