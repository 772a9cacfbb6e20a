package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.AddressWindow.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AddressSpaceTest {
    private static final int ADDRESSES = 256;

    private static AddressWindow random(Random random, Kind kind) {
        int first = random.nextInt(ADDRESSES);
        return new AddressWindow(kind, first, first + random.nextInt(ADDRESSES - first));
    }

    /** Beside a map of what is free, with a bit for each address. */
    @Test
    void whatIsTakenIsFreeAndTheLowestThereIs() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            AddressWindow window = random(random, Kind.MEMORY);
            BitSet free = new BitSet();
            free.set((int) window.first(), (int) window.last() + 1);
            List<AddressWindow> used = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                Kind kind = Kind.values()[random.nextInt(3)];
                AddressWindow other = random(random, kind);
                used.add(other);
                if (kind != Kind.PORTS) {
                    free.clear((int) other.first(), (int) other.last() + 1);
                }
            }
            AddressSpace space = new AddressSpace(List.of(window), used);
            for (int i = 0; i < 20; i++) {
                int bytes = 1 << random.nextInt(9);
                int limit = random.nextInt(ADDRESSES);
                OptionalLong taken = space.take(Kind.MEMORY, bytes, limit);
                int expected = lowest(free, bytes, limit);
                assertEquals(expected, taken.orElse(-1), "seed " + seed);
                if (expected >= 0) {
                    free.clear(expected, expected + bytes);
                }
            }
        }
    }

    private static int lowest(BitSet free, int bytes, int limit) {
        for (int at = 0; at + bytes - 1 <= limit; at += bytes) {
            if (free.nextClearBit(at) >= at + bytes) {
                return at;
            }
        }
        return -1;
    }

    @Test
    void kindsAreApart() {
        AddressSpace space =
                new AddressSpace(
                        List.of(
                                new AddressWindow(Kind.PORTS, 0x1000, 0x1fff),
                                new AddressWindow(Kind.PREFETCHABLE, 0x1000, 0x1fff)),
                        List.of());
        assertFalse(space.take(Kind.MEMORY, 16, Long.MAX_VALUE).isPresent());
        assertEquals(0x1000, space.take(Kind.PORTS, 16, Long.MAX_VALUE).orElseThrow());
        assertEquals(0x1000, space.take(Kind.PREFETCHABLE, 16, Long.MAX_VALUE).orElseThrow());
    }

    @Test
    void thereIsAnEndOfAddresses() {
        AddressSpace space =
                new AddressSpace(
                        List.of(new AddressWindow(Kind.MEMORY, 1L << 51, (1L << 52) - 1)),
                        List.of());
        assertTrue(space.take(Kind.MEMORY, 1L << 52, Long.MAX_VALUE).isEmpty());
        assertEquals(1L << 51, space.take(Kind.MEMORY, 1L << 51, Long.MAX_VALUE).orElseThrow());
        assertTrue(space.take(Kind.MEMORY, 1, Long.MAX_VALUE).isEmpty());
    }
}
