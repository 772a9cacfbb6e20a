package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;

/**
 * A file as its directory has it.
 *
 * @param longName null if it has none
 * @param slot with all the rest
 * @param next number of the slot behind it
 * @param place of the slot on the disk, in bytes
 */
record FoundFile(String longName, Slot slot, int next, long place) {
    /** Whether it is called so, in whatever case. */
    boolean isNamed(String name) {
        return name.equalsIgnoreCase(longName) || name.equalsIgnoreCase(slot.name());
    }

    /**
     * The long name, or the short one if there is none that can be a name.
     *
     * @throws FileException EUCLEAN if the short one cannot be either
     */
    FileName name(Geometry geometry) throws FileException {
        try {
            return FileName.of(longName == null ? slot.name() : longName);
        } catch (FileException e) {
            if (longName != null && e.errno() == Errno.ENAMETOOLONG) {
                return new FoundFile(null, slot, next, place).name(geometry);
            }
            throw geometry.damaged(
                    place, "\"" + (longName == null ? slot.name() : longName) + "\" is no name");
        }
    }
}
