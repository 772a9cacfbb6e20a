package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** A volume that is not as the standards say: EUCLEAN. */
final class IsoDamage {
    private IsoDamage() {}

    /**
     * @param position of what is damaged, in bytes
     * @param what is wrong with it, for people to read
     */
    static FileException at(Volume volume, long position, String what) {
        return new FileException(
                Errno.EUCLEAN, volume.reader().name() + ", at byte " + position + ": " + what);
    }
}
