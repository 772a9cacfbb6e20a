package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeLocksTest {
    private static final int BYTES = 40;
    private static final int OWNERS = 3;
    private static final int NONE = 0;
    private static final int SHARED = 1;
    private static final int EXCLUSIVE = 2;

    private final RangeLocks locks = new RangeLocks();

    /** A lock for each byte and owner. */
    @Test
    void agreesWithALockForEachByte() throws FileException {
        Random random = new Random(1);
        int[][] model = new int[OWNERS][BYTES];
        for (int step = 0; step < 200_000; step++) {
            int owner = random.nextInt(OWNERS);
            int start = random.nextInt(BYTES);
            int length = random.nextInt(BYTES - start);
            int end = length == 0 ? BYTES : start + length;
            int wanted = random.nextInt(3);
            if (wanted == NONE) {
                locks.unlock(owner, start, length);
            } else {
                boolean isFree = isFree(model, owner, start, end, wanted);
                boolean locked = locks.lock(owner, start, length, wanted == EXCLUSIVE, null);
                assertEquals(isFree, locked, "step " + step);
                if (!locked) {
                    continue;
                }
            }
            for (int i = start; i < end; i++) {
                model[owner][i] = wanted;
            }
            if (random.nextInt(500) == 0) {
                locks.unlockAll(owner);
                model[owner] = new int[BYTES];
            }
        }
    }

    private static boolean isFree(int[][] model, int owner, int start, int end, int wanted) {
        for (int other = 0; other < OWNERS; other++) {
            for (int i = start; i < end && other != owner; i++) {
                int held = model[other][i];
                if (held == EXCLUSIVE || held == SHARED && wanted == EXCLUSIVE) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void refusesRangesThatAreNone() {
        Fails.with(Errno.EINVAL, () -> locks.lock("a", -1, 1, true, null));
        Fails.with(Errno.EINVAL, () -> locks.lock("a", 0, -1, true, null));
        assertTrue(locks.isEmpty());
    }

    @Test
    void aRangeMayEndBehindAllFiles() throws FileException {
        assertTrue(locks.lock("a", Long.MAX_VALUE - 1, Long.MAX_VALUE, true, null));
        assertFalse(locks.lock("b", 0, 0, false, null));
        assertTrue(locks.lock("b", 0, Long.MAX_VALUE - 1, true, null));
    }

    @Test
    void whoWaitsGetsItWhenItIsFree() throws Exception {
        OpenFile file = new Pipe().reader();
        locks.lock("a", 0, 10, true, null);
        var waiting = Within.start(true, () -> locks.lock("b", 5, 10, true, file)).awaitWaiting();
        locks.unlock("a", 0, 5);
        locks.unlock("a", 5, 5);
        assertTrue(waiting.end());
        assertFalse(locks.lock("a", 14, 1, false, null));
    }

    @Test
    void whoWaitsInAClosedFileIsToldSo() throws Exception {
        OpenFile file = new Pipe().reader();
        locks.lock("a", 0, 10, true, null);
        var waiting = Within.start(true, () -> locks.lock("b", 5, 10, true, file)).awaitWaiting();
        file.close();
        locks.wake();
        assertThrows(ClosedFileException.class, waiting::end);
        var next = Within.start(false, () -> locks.lock("b", 5, 1, true, new Pipe().reader()));
        next.awaitWaiting().thread().interrupt();
        Fails.with(Errno.EINTR, next::end);
    }

    @Test
    void locksBesideEachOtherAreOne() throws FileException {
        int many = 3 << 12;
        for (int i = 0; i < many; i++) {
            assertTrue(locks.lock("a", many + i, 1, true, null));
            assertTrue(locks.lock("a", many - 1 - i, 1, true, null));
        }
        assertFalse(locks.lock("b", 2L * many - 1, 1, false, null));
        locks.unlock("a", 0, 2L * many);
        assertTrue(locks.isEmpty());
    }

    @Test
    void thereIsALimit() throws FileException {
        for (int i = 0; i < 1 << 12; i++) {
            assertTrue(locks.lock("a", 2L * i, 1, true, null));
        }
        Fails.with(Errno.ENOLCK, () -> locks.lock("a", 1 << 20, 1, true, null));
        Fails.with(Errno.ENOLCK, () -> locks.lock("b", 1 << 20, 1, true, null));
        locks.unlock("a", 100, 1);
        assertTrue(locks.lock("a", 1 << 20, 1, true, null));
        locks.unlockAll("a");
        assertTrue(locks.isEmpty());
    }
}
