package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * As much of a file system as tests of crashes need: slots, each of which has a block somewhere, of
 * metadata or of data, and a stamp that the block is full of. Each change gives some slots other
 * blocks or stamps, and the whole a new generation, which two blocks must agree on. What the slots
 * were in each generation is kept beside.
 */
final class PretendFileSystem {
    static final int BLOCK_BYTES = 1024;
    static final int BLOCKS = 400;

    private static final long[] JOURNAL = {10, 37, 200, 1, 60, 40, 300, 20};
    private static final int FIRST_SEQUENCE = -25;
    private static final int ROOT = 1;
    private static final int ROOT_COPY = 2;
    private static final int FIRST_TABLE = 3;
    private static final int SLOTS_PER_TABLE = 8;
    private static final int SLOTS = 24;
    private static final int SLOT_BYTES = 16;
    private static final int FIRST_PLACE = 110;
    private static final int PLACES = 40;

    /** A block, and what it is full of; place 0 if there is none. */
    record Slot(int place, int stamp, boolean isData) {}

    private final Random random;
    private final JournaledStore store;
    private final Storage storage;

    /** Data that has not been written yet, by its place. */
    private final TreeMap<Integer, Integer> pending = new TreeMap<>();

    /** The slots of each generation; the first one's are empty. */
    private final List<Slot[]> history;

    private boolean isClosing;

    private PretendFileSystem(
            Storage storage,
            JournalBlocks places,
            boolean hasChecksums,
            List<Slot[]> history,
            Random random)
            throws FileException {
        this.storage = storage;
        this.history = history;
        this.random = random;
        store =
                JournaledStore.open(
                        storage,
                        BLOCKS,
                        Journal.open(places),
                        new JournaledStore.Features(true, hasChecksums),
                        0,
                        () -> 0,
                        this::writeOrdered);
    }

    /** Makes a new one on a disk of zeros. */
    static PretendFileSystem make(Storage storage, boolean hasChecksums, Random random)
            throws FileException {
        JournalBlocks places = journal(storage);
        TestJournals.format(places, FIRST_SEQUENCE);
        List<Slot[]> history = new ArrayList<>();
        Slot[] none = new Slot[SLOTS];
        Arrays.fill(none, new Slot(0, 0, false));
        history.add(none);
        return new PretendFileSystem(storage, places, hasChecksums, history, random);
    }

    static JournalBlocks journal(Storage storage) throws FileException {
        return TestJournals.places(storage, BLOCK_BYTES, JOURNAL);
    }

    /** Goes on with one that a crash has ended, on a disk with its bytes. */
    PretendFileSystem recovered(Storage other, boolean hasChecksums) throws FileException {
        JournalBlocks otherPlaces = journal(other);
        Journal.open(otherPlaces).recover(other, BLOCKS);
        int generation = block(other, ROOT).getInt(0);
        List<Slot[]> kept = new ArrayList<>(history.subList(0, generation + 1));
        return new PretendFileSystem(other, otherPlaces, hasChecksums, kept, random);
    }

    int generation() {
        return history.size() - 1;
    }

    /** Commits all changes; returns the generation that is there for good. */
    int commit() throws FileException {
        int generation = generation();
        store.commit(store.transaction());
        return generation;
    }

    /** Ends in an orderly way. */
    void close() throws FileException {
        isClosing = true;
        store.close();
    }

    /** One change, which now and then is not done. */
    void change() throws FileException {
        boolean isDone = random.nextInt(10) > 0;
        try (Change change = store.begin(12)) {
            Slot[] slots = history.getLast().clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                replace(change, slots, random.nextInt(SLOTS));
            }
            change.modify(ROOT).putInt(0, history.size());
            change.modify(ROOT_COPY).putInt(0, history.size());
            if (isDone) {
                change.done();
                history.add(slots);
            } else {
                pending.keySet().removeIf(place -> !isIn(history.getLast(), place));
            }
        }
        if (random.nextInt(6) == 0) {
            writePending();
        }
    }

    private void replace(Change change, Slot[] slots, int number) throws FileException {
        Slot old = slots[number];
        int stamp = random.nextInt(1 << 20);
        boolean isInPlace = old.place() != 0 && !old.isData() && random.nextInt(3) > 0;
        Slot replaced = old;
        if (isInPlace) {
            replaced = new Slot(old.place(), stamp, false);
            fill(change.modify(old.place()), stamp);
        } else {
            int place = freePlace(slots);
            if (place != 0) {
                replaced = new Slot(place, stamp, random.nextBoolean());
                if (replaced.isData()) {
                    pending.put(place, stamp);
                } else {
                    fill(change.create(place), stamp);
                }
                if (old.place() != 0) {
                    free(change, old.place());
                }
            }
        }
        slots[number] = replaced;
        ByteBuffer table = change.modify(FIRST_TABLE + number / SLOTS_PER_TABLE);
        write(table, number % SLOTS_PER_TABLE * SLOT_BYTES, replaced);
    }

    private void free(Change change, int place) throws FileException {
        if (pending.containsKey(place)) {
            storage.write((long) place * BLOCK_BYTES, filled(pending.remove(place)));
        }
        change.free(place, 1);
    }

    private int freePlace(Slot[] slots) {
        int start = random.nextInt(PLACES);
        for (int i = 0; i < PLACES; i++) {
            int place = FIRST_PLACE + (start + i) % PLACES;
            if (!isIn(slots, place) && !store.isHeld(place)) {
                return place;
            }
        }
        return 0;
    }

    private static boolean isIn(Slot[] slots, int place) {
        return Arrays.stream(slots).anyMatch(slot -> slot.place() == place);
    }

    private static void write(ByteBuffer table, int at, Slot slot) {
        table.putInt(at, slot.place()).putInt(at + 4, slot.stamp());
        table.putInt(at + 8, slot.isData() ? 1 : 0);
    }

    /** Some blocks begin with the journal's magic number. */
    private static void fill(ByteBuffer block, int stamp) {
        for (int at = 0; at < BLOCK_BYTES; at += Integer.BYTES) {
            block.putInt(at, stamp);
        }
        if (stamp % 5 == 0) {
            block.putInt(0, Integer.reverseBytes(JournalFormat.MAGIC));
        }
    }

    private static ByteBuffer filled(int stamp) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(block, stamp);
        return block;
    }

    /** A transaction is being committed; changes go on meanwhile. */
    private void writeOrdered() throws FileException {
        if (!isClosing && random.nextBoolean()) {
            change();
        }
        writePending();
    }

    private void writePending() throws FileException {
        for (Map.Entry<Integer, Integer> data : pending.entrySet()) {
            storage.write((long) data.getKey() * BLOCK_BYTES, filled(data.getValue()));
        }
        pending.clear();
    }

    private static ByteBuffer block(Storage storage, int place) throws FileException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        storage.read((long) place * BLOCK_BYTES, block.slice());
        return block;
    }

    /**
     * Replays the journal of a disk that a crash has ended, and says what is wrong with it then:
     * null if nothing is.
     *
     * @param leastGeneration that was committed before
     */
    String defect(Storage crashed, int leastGeneration) {
        try {
            Journal.open(journal(crashed)).recover(crashed, BLOCKS);
            int generation = block(crashed, ROOT).getInt(0);
            if (generation != block(crashed, ROOT_COPY).getInt(0)) {
                return "generations " + generation + ", " + block(crashed, ROOT_COPY).getInt(0);
            }
            if (generation < leastGeneration || generation >= history.size()) {
                return "generation " + generation + ", committed " + leastGeneration;
            }
            Slot[] slots = history.get(generation);
            for (int number = 0; number < SLOTS; number++) {
                if (!isRight(crashed, number, slots[number])) {
                    return "generation " + generation + ": slot " + number + ", " + slots[number];
                }
            }
            return null;
        } catch (FileException e) {
            return e.getMessage();
        }
    }

    private static boolean isRight(Storage crashed, int number, Slot slot) throws FileException {
        ByteBuffer table = block(crashed, FIRST_TABLE + number / SLOTS_PER_TABLE);
        int at = number % SLOTS_PER_TABLE * SLOT_BYTES;
        ByteBuffer expected = ByteBuffer.allocate(SLOT_BYTES).order(table.order());
        write(expected, 0, slot);
        boolean isListed = table.slice(at, SLOT_BYTES).equals(expected);
        return isListed
                && (slot.place() == 0 || block(crashed, slot.place()).equals(filled(slot.stamp())));
    }
}
