package dev.cortado.image.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A lock on a file that one holder has among all threads of all JVMs. The operating system takes it
 * from a process that dies.
 */
public final class FileClaim implements AutoCloseable {
    /**
     * The files that this JVM has claimed. A JVM may have loaded this class several times, as Maven
     * does for its plugins, and must not open such a file again: closing it would give up the lock.
     */
    private static final String REGISTRY = "dev.cortado.image.cache.FileClaim";

    private final String name;
    private final FileChannel channel;

    private FileClaim(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /**
     * Empty if another holder has it.
     *
     * @param file made if it is missing
     * @throws IOException if the file cannot be used
     */
    public static Optional<FileClaim> of(Path file) throws IOException {
        String name = file.toAbsolutePath().normalize().toString();
        if (registry().putIfAbsent(name, name) != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new FileClaim(name, channel));
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                registry().remove(name);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<Object, Object> registry() {
        return (ConcurrentMap<Object, Object>)
                System.getProperties().computeIfAbsent(REGISTRY, key -> new ConcurrentHashMap<>());
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            registry().remove(name);
        }
    }
}
