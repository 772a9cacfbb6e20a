package dev.cortado.examples.kv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keys and values in a directory. All that was ever written is in a log; where the last value of
 * each key is there, an index in memory knows. When more than half of the log is of no use any
 * more, a new one is written with the rest, and takes the old one's place in one step.
 */
final class Store implements AutoCloseable {
    private static final String NAME = "log";
    private static final String NEW_NAME = "log.new";

    /** A log that is smaller is left as it is, in bytes. */
    private static final long LEAST_COMPACTED = 1 << 20;

    private final Path directory;

    /** How large the log is when it is next asked how much of it is of use. */
    private long nextCompaction;

    /** For reading: to look up and to read a record; for writing: to add one, or to compact. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final Map<String, Log.Place> index = new TreeMap<>();
    private Log log;
    private long live;
    private long cutOff;

    private Store(Path directory, long leastCompacted) {
        this.directory = directory;
        nextCompaction = leastCompacted;
    }

    static Store open(Path directory) throws IOException {
        return open(directory, LEAST_COMPACTED);
    }

    static Store open(Path directory, long leastCompacted) throws IOException {
        Files.createDirectories(directory);
        // A compaction that did not come to its end.
        Files.deleteIfExists(directory.resolve(NEW_NAME));
        Store store = new Store(directory, leastCompacted);
        store.log = Log.open(directory.resolve(NAME));
        store.cutOff = store.log.recover(store::apply);
        syncDirectory(directory);
        return store;
    }

    private void apply(LogRecord record, Log.Place place) {
        Log.Place before =
                record.value() == null
                        ? index.remove(record.key())
                        : index.put(record.key(), place);
        live -= before == null ? 0 : before.length();
        live += record.value() == null ? 0 : place.length();
    }

    /** How many bytes at the log's end were not of a whole record when it was opened. */
    long cutOff() {
        return cutOff;
    }

    int size() {
        lock.readLock().lock();
        try {
            return index.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** All keys, sorted. */
    List<String> keys() {
        lock.readLock().lock();
        try {
            return List.copyOf(index.keySet());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Null if there is none. */
    byte[] get(String key) throws IOException {
        lock.readLock().lock();
        try {
            Log.Place place = index.get(key);
            return place == null ? null : log.read(place).value();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns when the value is kept for good. */
    void put(String key, byte[] value) throws IOException {
        write(new LogRecord(key, value));
    }

    /**
     * Returns when the key is gone for good.
     *
     * @return whether it was there
     */
    boolean delete(String key) throws IOException {
        return write(new LogRecord(key, null));
    }

    /** Returns whether the key was there, or is now. */
    private boolean write(LogRecord record) throws IOException {
        Log current;
        long end;
        lock.writeLock().lock();
        try {
            if (record.value() == null && !index.containsKey(record.key())) {
                return false;
            }
            Log.Place place = log.append(record);
            apply(record, place);
            if (log.end() >= nextCompaction && live < log.end() / 2) {
                compact();
            }
            current = log;
            end = log.end();
        } finally {
            lock.writeLock().unlock();
        }
        current.sync(end);
        return true;
    }

    private void compact() throws IOException {
        Path file = directory.resolve(NEW_NAME);
        Map<String, Log.Place> places = new TreeMap<>();
        Log compacted;
        try {
            Files.deleteIfExists(file);
            compacted = Log.open(file);
            for (Map.Entry<String, Log.Place> entry : index.entrySet()) {
                places.put(entry.getKey(), compacted.append(log.read(entry.getValue())));
            }
            compacted.sync(compacted.end());
        } catch (IOException e) {
            // The disk may be full: then the old log is as good as before, for now.
            nextCompaction = log.end() * 2;
            System.err.println("cannot write a shorter log: " + e);
            return;
        }
        Log old = log;
        log = compacted;
        index.putAll(places);
        try {
            Files.move(
                    file,
                    directory.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(directory);
        } catch (IOException e) {
            // Nobody knows which of the two will be there after a crash.
            log.fail(e);
            throw e;
        }
        old.retire();
    }

    /** What its names are is kept for good, as with a file. */
    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            log.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
