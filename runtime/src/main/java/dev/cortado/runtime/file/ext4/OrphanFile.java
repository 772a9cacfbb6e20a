package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inodes that are to be erased or cut after a crash, in the blocks of a file: numbers, 0 where
 * there is none, and at the end of each block a magic number and a checksum (Linux,
 * Documentation/filesystems/ext4/orphan.rst). With the file system's lock.
 */
final class OrphanFile {
    /** Of the file (Linux, EXT4_MAX_ORPHAN_FILE_SIZE). */
    private static final long MAXIMUM_BYTES = 8L << 20;

    private static final int MAGIC_NUMBER = 0x0B10CA04;
    private static final int TAIL_BYTES = 8;

    private final Volume volume;
    private final StoredInode inode;
    private final long[] places;
    private final int perBlock;

    /** Where an inode has been put: only a guess, since a change may have been undone. */
    private final Map<Long, Integer> guesses = new HashMap<>();

    private OrphanFile(Volume volume, StoredInode inode, long[] places) {
        this.volume = volume;
        this.inode = inode;
        this.places = places;
        perBlock = (volume.geometry().blockBytes() - TAIL_BYTES) / Integer.BYTES;
    }

    /**
     * Finds and checks the blocks.
     *
     * @return null if the file system has none
     */
    static OrphanFile open(Volume volume) throws FileException {
        long number = volume.geometry().orphanFileInode();
        if (number == 0) {
            return null;
        }
        InodeRecord record = volume.table().read(number);
        record.verify();
        int blockBytes = volume.geometry().blockBytes();
        long size = record.size();
        if (size < 0 || size > MAXIMUM_BYTES || size % blockBytes != 0) {
            throw DamageException.ofInode(number, "a file of orphans of " + size + " bytes");
        }
        StoredInode inode = StoredInode.of(volume, number);
        long[] places = new long[(int) (size / blockBytes)];
        for (int block = 0; block < places.length; block++) {
            Mapping mapping = inode.map().lookup(block);
            if (!mapping.hasBytes()) {
                throw DamageException.ofInode(number, "a file of orphans with a hole");
            }
            places[block] = mapping.place();
        }
        OrphanFile file = new OrphanFile(volume, inode, places);
        for (long place : places) {
            file.verify(place);
        }
        return file;
    }

    private void verify(long place) throws FileException {
        ByteBuffer bytes = volume.store().read(place);
        int tail = perBlock * Integer.BYTES;
        boolean isRight =
                bytes.getInt(tail) == MAGIC_NUMBER
                        && (!volume.geometry().has(Feature.METADATA_CSUM)
                                || bytes.getInt(tail + Integer.BYTES) == checksum(bytes, place));
        if (!isRight) {
            throw DamageException.ofBlock(inode.number(), place, "no block of orphans");
        }
    }

    private int checksum(ByteBuffer bytes, long place) {
        int crc = Crc32c.update(inode.checksumSeed(), (int) place);
        crc = Crc32c.update(crc, (int) (place >>> Integer.SIZE));
        return Crc32c.update(crc, bytes, 0, perBlock * Integer.BYTES);
    }

    /** Returns false if there is no room. */
    boolean add(Change change, long number) throws FileException {
        int slot = find(0);
        if (slot >= 0) {
            put(change, slot, (int) number);
            guesses.put(number, slot);
        }
        return slot >= 0;
    }

    /** Returns false if it is not there. */
    boolean remove(Change change, long number) throws FileException {
        Integer guess = guesses.remove(number);
        int slot = guess != null && get(guess) == (int) number ? guess : find((int) number);
        if (slot >= 0) {
            put(change, slot, 0);
        }
        return slot >= 0;
    }

    boolean contains(long number) throws FileException {
        return find((int) number) >= 0;
    }

    /** All of them. */
    List<Long> all() throws FileException {
        List<Long> all = new ArrayList<>();
        for (int slot = 0; slot < places.length * perBlock; slot++) {
            if (get(slot) != 0) {
                all.add(Integer.toUnsignedLong(get(slot)));
            }
        }
        return all;
    }

    private int find(int value) throws FileException {
        for (int block = 0; block < places.length; block++) {
            ByteBuffer bytes = volume.store().read(places[block]);
            for (int i = 0; i < perBlock; i++) {
                if (bytes.getInt(i * Integer.BYTES) == value) {
                    return block * perBlock + i;
                }
            }
        }
        return -1;
    }

    private int get(int slot) throws FileException {
        return volume.store().read(places[slot / perBlock]).getInt(slot % perBlock * Integer.BYTES);
    }

    private void put(Change change, int slot, int value) throws FileException {
        long place = places[slot / perBlock];
        ByteBuffer bytes = change.modify(place);
        bytes.putInt(slot % perBlock * Integer.BYTES, value);
        if (volume.geometry().has(Feature.METADATA_CSUM)) {
            bytes.putInt((perBlock + 1) * Integer.BYTES, checksum(bytes, place));
        }
    }
}
