package sun.nio.fs;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The watch service of a guest: events that file systems tell of, which a thread takes to the keys.
 * The events are Cortado's, which stands behind the native methods.
 *
 * <p>Belongs into {@code java.base}.
 */
final class TreeWatchService extends AbstractWatchService {
    // What is watched for and what has happened.
    static final int CREATE = 1;
    static final int DELETE = 2;
    static final int MODIFY = 4;
    static final int OVERFLOW = 8;
    static final int GONE = 16;

    private final Delivery delivery;

    TreeWatchService(UnixFileSystem fileSystem) {
        delivery = new Delivery(this, fileSystem);
        delivery.start();
    }

    /** Makes one who watches directories. */
    static native Object newWatcher();

    /**
     * Watches a directory.
     *
     * @param kinds a set of {@link #CREATE}, {@link #DELETE} and {@link #MODIFY}
     * @return of a directory that this one watches already the same as then
     */
    static native Object watch(Object watcher, byte[] path, int kinds) throws UnixException;

    static native void forget(Object watch);

    /**
     * Waits until there are events, or somebody has woken the watcher.
     *
     * @return of each event the watch, the kind and the name: an Integer and bytes
     */
    static native Object[] await(Object watcher);

    static native void wake(Object watcher);

    @Override
    WatchKey register(Path directory, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
            throws IOException {
        return delivery.register(directory, kinds, modifiers);
    }

    @Override
    void implClose() throws IOException {
        delivery.close();
    }

    /** A directory that is watched. */
    private static final class Key extends AbstractWatchKey {
        private final Delivery delivery;
        private final Object watch;
        private volatile boolean isOver;

        Key(Path directory, TreeWatchService service, Object watch) {
            super(directory, service);
            delivery = service.delivery;
            this.watch = watch;
        }

        @Override
        public boolean isValid() {
            return !isOver;
        }

        @Override
        public void cancel() {
            try {
                if (isValid()) {
                    delivery.cancel(this);
                }
            } catch (ClosedWatchServiceException e) {
                // It was closed meanwhile, which has cancelled all keys.
            }
        }
    }

    /** The thread, which does what others ask for between two events. */
    private static final class Delivery extends AbstractPoller {
        private final TreeWatchService service;
        private final UnixFileSystem fileSystem;
        private final Object watcher = newWatcher();

        /** Only the thread uses them. */
        private final Map<Object, Key> keys = new HashMap<>();

        Delivery(TreeWatchService service, UnixFileSystem fileSystem) {
            this.service = service;
            this.fileSystem = fileSystem;
        }

        @Override
        void wakeup() {
            wake(watcher);
        }

        @Override
        Object implRegister(
                Path path,
                Set<? extends WatchEvent.Kind<?>> kinds,
                WatchEvent.Modifier... modifiers) {
            for (WatchEvent.Modifier modifier : modifiers) {
                if (modifier == null) {
                    return new NullPointerException();
                }
                if (!isSensitivity(modifier)) {
                    return new UnsupportedOperationException("Modifier not supported");
                }
            }
            UnixPath directory = (UnixPath) path;
            try {
                if (!UnixFileAttributes.get(directory, true).isDirectory()) {
                    return new NotDirectoryException(directory.getPathForExceptionMessage());
                }
                Object watch = watch(watcher, directory.getByteArrayForSysCalls(), bits(kinds));
                return keys.computeIfAbsent(watch, key -> new Key(directory, service, key));
            } catch (UnixException e) {
                return e.asIOException(directory);
            }
        }

        /** What asks for events to be told sooner: they are told at once anyway. */
        private static boolean isSensitivity(WatchEvent.Modifier modifier) {
            return ExtendedOptions.SENSITIVITY_HIGH.matches(modifier)
                    || ExtendedOptions.SENSITIVITY_MEDIUM.matches(modifier)
                    || ExtendedOptions.SENSITIVITY_LOW.matches(modifier);
        }

        private static int bits(Set<? extends WatchEvent.Kind<?>> kinds) {
            return (kinds.contains(StandardWatchEventKinds.ENTRY_CREATE) ? CREATE : 0)
                    | (kinds.contains(StandardWatchEventKinds.ENTRY_DELETE) ? DELETE : 0)
                    | (kinds.contains(StandardWatchEventKinds.ENTRY_MODIFY) ? MODIFY : 0);
        }

        @Override
        void implCancelKey(WatchKey cancelled) {
            Key key = (Key) cancelled;
            keys.remove(key.watch);
            end(key);
        }

        private static void end(Key key) {
            key.isOver = true;
            forget(key.watch);
        }

        @Override
        void implCloseAll() {
            keys.values().forEach(Delivery::end);
            keys.clear();
        }

        @Override
        public void run() {
            boolean isClosed = false;
            while (!isClosed) {
                Object[] events = await(watcher);
                for (int at = 0; at < events.length; at += 3) {
                    deliver(events[at], (Integer) events[at + 1], (byte[]) events[at + 2]);
                }
                isClosed = processRequests();
            }
        }

        private void deliver(Object watch, int kind, byte[] name) {
            if (kind == OVERFLOW) {
                keys.values()
                        .forEach(key -> key.signalEvent(StandardWatchEventKinds.OVERFLOW, null));
                return;
            }
            Key key = keys.get(watch);
            if (key == null) {
                // It was cancelled when this had happened already.
                return;
            }
            switch (kind) {
                case CREATE -> key.signalEvent(StandardWatchEventKinds.ENTRY_CREATE, path(name));
                case DELETE -> key.signalEvent(StandardWatchEventKinds.ENTRY_DELETE, path(name));
                case MODIFY -> key.signalEvent(StandardWatchEventKinds.ENTRY_MODIFY, path(name));
                default -> {
                    implCancelKey(key);
                    key.signal();
                }
            }
        }

        private UnixPath path(byte[] name) {
            return new UnixPath(fileSystem, name);
        }
    }
}
