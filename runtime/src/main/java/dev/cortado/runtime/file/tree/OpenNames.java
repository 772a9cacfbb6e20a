package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which names files have been opened, and what these are now: who watches a directory is told of
 * an open file by a name in it. A name that was taken from a file stays the last one it was open
 * by, as on Linux (inotify(7), IN_EXCL_UNLINK).
 */
final class OpenNames {
    /** An entry of a directory. */
    record Place(Location directory, FileName name) {}

    /** A name that a file is open by; only renaming changes it. */
    final class OpenName {
        private final Location file;
        private volatile Place place;
        private int holders = 1;

        private OpenName(Location file, Place place) {
            this.file = file;
            this.place = place;
        }

        /** The file's content or attributes were changed. */
        void changed() {
            Place now = place;
            if (now != null) {
                watches.modified(now.directory(), now.name());
            }
        }

        /** Nobody has the file open by it, if this was called as often as it was held. */
        void letGo() {
            names.computeIfPresent(
                    file,
                    (key, all) -> {
                        if (--holders == 0) {
                            all.remove(this);
                        }
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    private final Watches watches;

    /** By file; the names of one are changed by one thread at a time. */
    private final Map<Location, List<OpenName>> names = new ConcurrentHashMap<>();

    OpenNames(Watches watches) {
        this.watches = watches;
    }

    /**
     * The name of a file that is opened by it.
     *
     * @param place null if the path led there by dots
     */
    OpenName hold(Location file, Place place) {
        OpenName[] held = new OpenName[1];
        names.compute(
                file,
                (key, old) -> {
                    List<OpenName> all = old == null ? new ArrayList<>(1) : old;
                    held[0] = find(all, place);
                    if (held[0] == null) {
                        held[0] = new OpenName(file, place);
                        all.add(held[0]);
                    } else {
                        held[0].holders++;
                    }
                    return all;
                });
        return held[0];
    }

    private static OpenName find(List<OpenName> all, Place place) {
        for (OpenName each : all) {
            if (Objects.equals(each.place, place)) {
                return each;
            }
        }
        return null;
    }

    /** A file was renamed. */
    void moved(Location file, Place from, Place to) {
        names.computeIfPresent(
                file,
                (key, all) -> {
                    OpenName moved = find(all, from);
                    if (moved != null) {
                        moved.place = to;
                    }
                    return all;
                });
    }
}
