package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileName;

/**
 * What has happened in a directory that is watched.
 *
 * @param watch of the directory; null for {@link Kind#OVERFLOW}, which is about all of a watcher's
 * @param name of the entry; null for {@link Kind#OVERFLOW} and {@link Kind#GONE}
 */
public record FileEvent(Watch watch, Kind kind, FileName name) {
    /** Who watches asks for the first three; the others are told unasked. */
    public enum Kind {
        /** An entry was made, or came from elsewhere. */
        CREATE,

        /** An entry was removed, or went elsewhere. */
        DELETE,

        /** The content or the attributes of what has a name in the directory were changed. */
        MODIFY,

        /** There were more events than are kept; some are lost. */
        OVERFLOW,

        /** The directory was removed: the watch is over. */
        GONE
    }
}
