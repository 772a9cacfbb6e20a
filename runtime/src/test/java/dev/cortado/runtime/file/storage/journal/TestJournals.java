package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;

/** Journals of tests, in pieces on a disk: offsets as journal.rst has them. */
final class TestJournals {
    private TestJournals() {}

    /** A journal's places: pairs of a first block and a number of blocks. */
    static JournalBlocks places(Storage storage, int blockBytes, long... extents)
            throws FileException {
        JournalBlocks places = new JournalBlocks(storage, blockBytes);
        for (int i = 0; i < extents.length; i += 2) {
            places.add(extents[i], extents[i + 1]);
        }
        return places;
    }

    /** The superblock of an empty journal, as mke2fs makes it. */
    static ByteBuffer superblock(int blockBytes, int blocks, int sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(blockBytes);
        bytes.putInt(0x00, 0xC03B3998).putInt(0x04, 4);
        bytes.putInt(0x0C, blockBytes).putInt(0x10, blocks).putInt(0x14, 1);
        bytes.putInt(0x18, sequence);
        for (int at = 0x30; at < 0x40; at++) {
            bytes.put(at, (byte) (3 * at));
        }
        return bytes.putInt(0x40, 1);
    }

    /** Makes an empty journal. */
    static void format(JournalBlocks places, int sequence) throws FileException {
        ByteBuffer bytes = superblock(places.blockBytes(), places.count(), sequence);
        places.storage().write(places.position(0), bytes);
        places.storage().flush();
    }
}
