package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileName;

/**
 * The names that were looked for last in any directory of a file system: who asks what a file is,
 * and then opens or removes it, looks for the same one twice or three times. With the file system's
 * lock.
 */
public final class FoundNames {
    private static final int SLOTS = 16;

    /**
     * What was found.
     *
     * @param version of the directory then
     * @param departures of the store then: a block that has left memory is not looked at
     * @param entry null if the name was not there
     */
    record Found(
            Directory directory, FileName name, long version, long departures, FoundEntry entry) {}

    private final Found[] slots = new Found[SLOTS];

    /** Null if it was not looked for, or something has changed since. */
    Found get(Directory directory, FileName name, long version, long departures) {
        Found found = slots[slot(name)];
        boolean isSame =
                found != null
                        && found.directory == directory
                        && found.version == version
                        && found.departures == departures
                        && found.name.equals(name);
        return isSame ? found : null;
    }

    void put(Found found) {
        slots[slot(found.name)] = found;
    }

    private static int slot(FileName name) {
        return name.hashCode() & SLOTS - 1;
    }
}
