package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** What a file system says, in words for people. */
final class DiskFailure {
    private DiskFailure() {}

    /**
     * @param what it was about: a disk, or a file of one
     */
    static UserError of(Object what, FileException e) {
        String name = what.toString();
        String path = e.path();
        boolean isSentence = e.errno() == Errno.EINVAL || e.errno() == Errno.ENOMEM;
        if (isSentence && path != null && path.startsWith(name + ":")) {
            return new UserError(path, e);
        }
        // What is only read here says at which byte it is damaged; of ext4 the check knows more.
        boolean isSaid = path != null && path.contains(", at byte ");
        if (e.errno() == Errno.EUCLEAN && isSaid) {
            return new UserError(name + " is damaged: " + path, e);
        }
        if (e.errno() == Errno.EUCLEAN) {
            return new UserError(
                    name + " is damaged: cortado disk check says how, e2fsck mends it", e);
        }
        boolean isReason = e.errno() == Errno.EINVAL && path != null;
        return new UserError(name + ": " + (isReason ? path : e.errno().message()), e);
    }
}
