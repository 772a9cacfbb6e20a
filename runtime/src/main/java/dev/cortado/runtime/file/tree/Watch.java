package dev.cortado.runtime.file.tree;

import java.util.Set;

/** That one directory is watched by one {@link Watcher}. */
public final class Watch {
    private final Watcher watcher;
    private final Location directory;
    private volatile Set<FileEvent.Kind> kinds;

    Watch(Watcher watcher, Location directory, Set<FileEvent.Kind> kinds) {
        this.watcher = watcher;
        this.directory = directory;
        setKinds(kinds);
    }

    Watcher watcher() {
        return watcher;
    }

    Location directory() {
        return directory;
    }

    void setKinds(Set<FileEvent.Kind> wanted) {
        kinds = Set.copyOf(wanted);
    }

    /** Tells of an event, if its kind is wanted. */
    void tell(FileEvent event) {
        if (kinds.contains(event.kind())) {
            watcher.add(event);
        }
    }

    /** Tells that the directory was removed, which everybody is told. */
    void tellGone() {
        watcher.add(new FileEvent(this, FileEvent.Kind.GONE, null));
    }
}
