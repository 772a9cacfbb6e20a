package dev.cortado.drivers.xen.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantPoolTest {

    private static final long TABLE = HostMemory.BASE;

    private final HostMemory memory = new HostMemory(2 * 4096);
    private final GrantPool pool = new GrantPool(memory);

    @BeforeEach
    void start() {
        pool.reset(TABLE);
        pool.grow(512);
    }

    private long entry(int reference) {
        return memory.readLong(TABLE + 8L * reference);
    }

    /** Xen's side: the flags while a domain reads and writes. */
    private void use(int reference, int flags) {
        memory.writeByte(TABLE + 8L * reference, (byte) flags);
    }

    /** public/grant_table.h: flags, domid, frame; GTF_permit_access 1, GTF_readonly 4. */
    @Test
    void entriesAreAsXenReadsThem() {
        int writable = pool.grant(3, 0x1_2345, false);
        assertEquals(0x0001_2345_0003_0001L, entry(writable));
        int readable = pool.grant(0x7ff0, 0xffff_ffff, true);
        assertEquals(0xffff_ffff_7ff0_0005L, entry(readable));
    }

    @Test
    void reservedEntriesAreLeftAlone() {
        memory.writeLong(TABLE, 0x77_0000_0001L);
        Set<Integer> references = new HashSet<>();
        int reference = pool.grant(0, 1, false);
        while (reference != GrantPool.NONE) {
            assertTrue(reference >= 8 && reference < 512);
            assertTrue(references.add(reference));
            reference = pool.grant(0, 1, false);
        }
        assertEquals(512 - 8, references.size());
        assertEquals(0x77_0000_0001L, entry(0));
        assertFalse(pool.end(0));
    }

    @Test
    void growsWhenItIsTold() {
        for (int i = 8; i < 512; i++) {
            pool.grant(0, i, false);
        }
        assertEquals(GrantPool.NONE, pool.grant(0, 1, false));
        pool.grow(1024);
        assertEquals(512, pool.grant(0, 1, false));
    }

    @Test
    void anEntryInUseStaysUntilItIsNot() {
        int reference = pool.grant(1, 2, false);
        use(reference, 1 | 8 | 16);
        assertFalse(pool.end(reference));
        use(reference, 1 | 8);
        assertFalse(pool.end(reference));
        assertEquals(1, memory.readByte(TABLE + 8L * reference) & 1);
        use(reference, 1);
        assertTrue(pool.end(reference));
        assertEquals(0, entry(reference) & 0xffff_ffffL);
    }

    @Test
    void endsNothingTwiceAndNothingUnknown() {
        int reference = pool.grant(1, 2, false);
        assertTrue(pool.end(reference));
        assertFalse(pool.end(reference));
        assertFalse(pool.end(-1));
        assertFalse(pool.end(512));
        assertFalse(pool.end(9));
        assertEquals(reference, pool.grant(1, 2, false));
    }

    @Test
    void neverHandsOutAnEntryThatIsInUse() {
        Random random = new Random(1);
        List<Integer> granted = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(3) > 0) {
                int reference = pool.grant(random.nextInt(0x7ff0), i, random.nextBoolean());
                if (reference != GrantPool.NONE) {
                    assertFalse(granted.contains(reference));
                    granted.add(reference);
                    if (random.nextInt(4) == 0) {
                        use(reference, 1 | 8);
                        used.add(reference);
                    }
                }
            } else if (!granted.isEmpty()) {
                int index = random.nextInt(granted.size());
                Integer reference = granted.get(index);
                boolean ended = pool.end(reference);
                assertEquals(!used.contains(reference), ended);
                if (ended) {
                    granted.remove(index);
                } else if (random.nextBoolean()) {
                    use(reference, 1);
                    used.remove(reference);
                }
            }
        }
    }
}
