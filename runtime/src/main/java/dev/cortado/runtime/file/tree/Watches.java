package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.tree.FileEvent.Kind;
import dev.cortado.runtime.file.tree.OpenNames.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which directories are watched. Names in them are changed by calls that go through here: each
 * change and its event are one step for the others, so that events come in the order of changes. As
 * long as nothing is watched, calls take no lock; who begins to watch while one is under way is
 * told of it nevertheless, since what he sees in the directory then may be as it was before.
 */
final class Watches {
    /** Makes something that has a name. */
    @FunctionalInterface
    interface Making<T> {
        T run() throws FileException;
    }

    /** Changes names. */
    @FunctionalInterface
    interface Call {
        void run() throws FileException;
    }

    /** Held while names change in watched directories, and while watches do; before all others. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Map<Location, List<Watch>> table = new ConcurrentHashMap<>();

    /**
     * Watches a directory from now on. A watcher has one watch of each: from the second call on it
     * is that one, with other kinds.
     */
    Watch add(Location directory, Watcher watcher, Set<Kind> kinds) throws FileException {
        changing.lock();
        try {
            List<Watch> watches = table.getOrDefault(directory, List.of());
            for (Watch watch : watches) {
                if (watch.watcher() == watcher) {
                    watch.setKinds(kinds);
                    return watch;
                }
            }
            directory.fileSystem().retain(directory.inode());
            Watch watch = new Watch(watcher, directory, kinds);
            table.computeIfAbsent(directory, key -> new CopyOnWriteArrayList<>()).add(watch);
            // It may have been removed since it was found, when nobody knew that it is watched.
            endIfGone(directory);
            return watch;
        } finally {
            changing.unlock();
        }
    }

    /** Does nothing if the watch is over. */
    void remove(Watch watch) {
        changing.lock();
        try {
            Location directory = watch.directory();
            List<Watch> watches = table.get(directory);
            if (watches != null && watches.remove(watch)) {
                if (watches.isEmpty()) {
                    table.remove(directory);
                }
                directory.fileSystem().release(directory.inode());
            }
        } finally {
            changing.unlock();
        }
    }

    private void tell(Location directory, Kind kind, FileName name) {
        List<Watch> watches =
                table.isEmpty() ? List.of() : table.getOrDefault(directory, List.of());
        for (Watch watch : watches) {
            watch.tell(new FileEvent(watch, kind, name));
        }
    }

    /** The content or the attributes of what has a name were changed. */
    void modified(Location directory, FileName name) {
        tell(directory, Kind.MODIFY, name);
    }

    /** The same of what a path leads to. */
    void modified(PathWalk walk, Location found) throws FileException {
        Place place = table.isEmpty() ? null : walk.place(found);
        if (place != null) {
            modified(place.directory(), place.name());
        }
    }

    /** Gives a name. */
    <T> T create(Location directory, FileName name, Making<T> call) throws FileException {
        boolean isLocked = lock();
        try {
            T result = call.run();
            tell(directory, Kind.CREATE, name);
            return result;
        } finally {
            unlock(isLocked);
        }
    }

    /**
     * Takes a name.
     *
     * @param removed what had it, if it was a directory; else null
     */
    void remove(Location directory, FileName name, Location removed, Call call)
            throws FileException {
        boolean isLocked = lock();
        try {
            call.run();
            tell(directory, Kind.DELETE, name);
            endIfGone(removed);
        } finally {
            unlock(isLocked);
        }
    }

    /**
     * Moves a name.
     *
     * @param replaced what had the new name; null if nothing had
     */
    void move(Place from, Place to, Location replaced, Call call) throws FileException {
        boolean isLocked = lock();
        try {
            call.run();
            tell(from.directory(), Kind.DELETE, from.name());
            tell(to.directory(), Kind.CREATE, to.name());
            endIfGone(replaced);
        } finally {
            unlock(isLocked);
        }
    }

    /** Takes the lock if something is watched; says whether. */
    private boolean lock() {
        boolean isWatched = !table.isEmpty();
        if (isWatched) {
            changing.lock();
        }
        return isWatched;
    }

    private void unlock(boolean isLocked) {
        if (isLocked) {
            changing.unlock();
        }
    }

    /** Another one may have got the name since it was looked up, which has been removed then. */
    private void endIfGone(Location directory) throws FileException {
        if (directory == null || !table.containsKey(directory)) {
            return;
        }
        changing.lock();
        try {
            List<Watch> watches = table.getOrDefault(directory, List.of());
            if (!watches.isEmpty()
                    && directory.fileSystem().attributes(directory.inode()).links() == 0) {
                for (Watch watch : watches) {
                    watch.tellGone();
                    remove(watch);
                }
            }
        } finally {
            changing.unlock();
        }
    }
}
