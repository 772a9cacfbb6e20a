package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is done about damage that is found. With the file system's lock. */
final class Damage {
    /** What the superblock calls the place, as it would be a function's name in Linux. */
    private static final String FOUND_BY = "cortado";

    /** EXT4_ERR_EFSCORRUPTED. */
    private static final int CODE = 8;

    /** So many places are told of, where damage ends nothing. */
    static final int MOST_TOLD = 1000;

    private final String name;
    private final MountOptions options;
    private final Superblock superblock;
    private final MetadataStore store;
    private final ErrorBehaviour behaviour;
    private final Set<String> told = new HashSet<>();
    private volatile boolean isReadOnly;

    Damage(String name, MountOptions options, Superblock superblock, MetadataStore store)
            throws FileException {
        this.name = name;
        this.options = options;
        this.superblock = superblock;
        this.store = store;
        behaviour =
                options.errors() != null
                        ? options.errors()
                        : ErrorBehaviour.of(superblock.errorBehaviour());
    }

    /** Whether all goes on as far as it can after damage was found. */
    boolean endsNothing() {
        return behaviour == ErrorBehaviour.CONTINUE;
    }

    /** Whether nothing may be changed, since damage was found or because of the end. */
    boolean isReadOnly() {
        return isReadOnly;
    }

    /** Nothing may be changed any more, for the file system is going to be unmounted. */
    void end() {
        isReadOnly = true;
    }

    /**
     * Tells, records, and does what is to be done then, once for each place. Not within a change.
     */
    void found(FileException e) {
        String text = name + ": " + e.path();
        if (told.size() > MOST_TOLD || !told.add(text)) {
            return;
        }
        if (told.size() > MOST_TOLD) {
            text = name + ": damage at more than " + MOST_TOLD + " places; no more is told";
        }
        options.listener().accept(text);
        if (!isReadOnly && !store.isReadOnly()) {
            record(e);
        }
        if (behaviour == ErrorBehaviour.PANIC) {
            options.panic().accept(text);
        }
    }

    private void record(FileException e) {
        boolean isLast = !endsNothing();
        isReadOnly = isLast;
        DamageException damage = e instanceof DamageException known ? known : null;
        long inode = damage == null ? 0 : damage.inode();
        long block = damage == null ? 0 : damage.block();
        try {
            try (Change change = store.begin(1)) {
                superblock.recordError(change, now(), inode, block, FOUND_BY, CODE);
                change.done();
            }
            if (isLast) {
                store.commit(store.transaction());
            }
        } catch (FileException failed) {
            options.listener().accept(name + ": not recorded: " + failed.getMessage());
        }
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(options.clock().nanos());
    }
}
