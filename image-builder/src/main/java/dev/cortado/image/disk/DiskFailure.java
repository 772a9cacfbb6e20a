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
        boolean isRefusal = e.errno() == Errno.EINVAL && e.path() != null;
        String why = isRefusal ? e.path() : e.errno().message();
        String name = what.toString();
        boolean isNamed = why.startsWith(name + ":");
        return new UserError(isNamed ? why : name + ": " + why, e);
    }
}
