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
            Slot slot = slot(directory, number);
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
                long place = directory.place((long) number * Slot.BYTES);
                return new FoundFile(longName.of(slot), slot, number + 1, place);
            }
        }
        if (directory.bytes() > (long) MOST_SLOTS * Slot.BYTES) {
            throw geometry.damaged(directory.place(0), "a directory of more than 2 MiB");
        }
        return null;
    }

    /** The volume's name, which the root directory may have; null if it has none. */
    String label(Content root) throws FileException {
        int slots = (int) Math.min(root.bytes() / Slot.BYTES, MOST_SLOTS);
        for (int number = 0; number < slots; number++) {
            Slot slot = slot(root, number);
            if (slot.isEnd()) {
                return null;
            }
            boolean isOther = slot.isDeleted() || slot.isLongName() || slot.isDirectory();
            if (!isOther && slot.isLabel()) {
                return slot.label();
            }
        }
        return null;
    }

    private static Slot slot(Content directory, int number) throws FileException {
        byte[] bytes = new byte[Slot.BYTES];
        directory.read((long) number * Slot.BYTES, ByteBuffer.wrap(bytes));
        return new Slot(bytes);
    }
}
