package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** Reads directories. */
final class DirectoryReader {
    /** A directory has no more than 2 MiB (Windows, Linux). */
    private static final int MOST_SLOTS = 65536;

    private final Geometry geometry;

    DirectoryReader(Geometry geometry) {
        this.geometry = geometry;
    }

    /**
     * The next file of a directory.
     *
     * @param from number of the slot to begin with
     * @return null behind the last
     * @throws FileException EUCLEAN
     */
    FoundFile next(Content directory, int from) throws FileException {
        int slots = (int) Math.min(directory.bytes() / Slot.BYTES, MOST_SLOTS);
        LongName longName = new LongName();
        for (int number = from; number < slots; number++) {
            long position = (long) number * Slot.BYTES;
            byte[] bytes = new byte[Slot.BYTES];
            directory.read(position, ByteBuffer.wrap(bytes));
            Slot slot = new Slot(bytes);
            if (slot.isEnd()) {
                return null;
            }
            if (slot.isDeleted()) {
                longName.clear();
            } else if (slot.isLongName()) {
                longName.add(slot);
            } else if (slot.isLabel() || slot.isDots()) {
                longName.clear();
            } else {
                return new FoundFile(
                        longName.of(slot), slot, number + 1, directory.place(position));
            }
        }
        if (directory.bytes() > (long) MOST_SLOTS * Slot.BYTES) {
            throw geometry.damaged(directory.place(0), "a directory of more than 2 MiB");
        }
        return null;
    }
}
