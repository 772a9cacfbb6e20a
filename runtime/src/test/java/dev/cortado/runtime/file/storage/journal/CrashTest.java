package dev.cortado.runtime.file.storage.journal;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever the machine ends, a file system is as it was after some change, with all that was
 * committed: also while a journal is being replayed. {@code -Dcortado.crash.states=10000} looks at
 * more states.
 */
class CrashTest {
    private static final int STATES = Integer.getInteger("cortado.crash.states", 300);
    private static final int DISK_BYTES = PretendFileSystem.BLOCKS * PretendFileSystem.BLOCK_BYTES;
    private static final int CHANGES = 150;

    /** A file system's life: a crash, a recovery, changes and an orderly end. */
    private static final class Life {
        private final byte[] atStart;
        private final MemoryStorage disk;
        private final PretendFileSystem files;

        /** By the number of events in the log, what had been committed then. */
        private final TreeMap<Integer, Integer> committed = new TreeMap<>();

        Life(int seed, boolean hasChecksums, FlushKind forgotten) throws FileException {
            Random random = new Random(seed);
            MemoryStorage before = new MemoryStorage(DISK_BYTES);
            PretendFileSystem first = PretendFileSystem.make(before, hasChecksums, random);
            int generation = 0;
            for (int i = 0; i < CHANGES / 3; i++) {
                generation = Math.max(generation, step(first, random));
            }
            atStart = before.image();
            committed.put(0, generation);
            disk = MemoryStorage.of(atStart.clone());
            disk.startLog();
            ForgetfulStorage forgetful = new ForgetfulStorage(disk, forgotten);
            forgetful.setJournal(PretendFileSystem.journal(forgetful));
            files = first.recovered(forgetful, hasChecksums);
            for (int i = 0; i < CHANGES; i++) {
                int step = step(files, random);
                if (step > 0) {
                    committed.put(disk.log().size(), step);
                }
            }
            files.close();
            committed.put(disk.log().size(), files.generation());
        }

        /** Returns the generation that was committed, or 0. */
        private static int step(PretendFileSystem files, Random random) throws FileException {
            files.change();
            return random.nextInt(3) == 0 ? files.commit() : 0;
        }

        String check(int states) {
            return new CrashStates(atStart, disk.log())
                    .check(
                            states,
                            (crashed, events) -> {
                                Map.Entry<Integer, Integer> least = committed.floorEntry(events);
                                return files.defect(crashed, least.getValue());
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLostOrTorn(boolean hasChecksums) throws FileException {
        for (int seed = 0; seed < 3; seed++) {
            assertNull(new Life(seed, hasChecksums, null).check(STATES / 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFlushIsNeeded(FlushKind forgotten) throws FileException {
        int seed = 0;
        String defect = null;
        while (defect == null && seed < 10) {
            defect = new Life(seed, seed % 2 == 0, forgotten).check(1000);
            seed++;
        }
        assertNotNull(defect, "Nothing is lost without it");
    }
}
