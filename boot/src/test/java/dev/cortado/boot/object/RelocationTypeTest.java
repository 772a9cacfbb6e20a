package dev.cortado.boot.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers and ranges of the AMD64 ABI, table 4.9. */
class RelocationTypeTest {

    @Test
    void typesGoByTheirNumbers() {
        assertEquals(Optional.of(RelocationType.ABSOLUTE_64), RelocationType.ofElfType(1));
        assertEquals(Optional.of(RelocationType.RELATIVE_32), RelocationType.ofElfType(2));
        assertEquals(Optional.of(RelocationType.RELATIVE_32), RelocationType.ofElfType(4));
        assertEquals(Optional.of(RelocationType.ABSOLUTE_32), RelocationType.ofElfType(10));
        assertEquals(Optional.of(RelocationType.ABSOLUTE_32_SIGNED), RelocationType.ofElfType(11));
        assertEquals(Optional.empty(), RelocationType.ofElfType(0));
        assertEquals(Optional.empty(), RelocationType.ofElfType(9));
    }

    @Test
    void aFieldHoldsWhatItCanGiveBack() {
        assertTrue(RelocationType.ABSOLUTE_64.holds(Long.MIN_VALUE));
        assertTrue(RelocationType.ABSOLUTE_32.holds(0xFFFF_FFFFL));
        assertFalse(RelocationType.ABSOLUTE_32.holds(0x1_0000_0000L));
        assertFalse(RelocationType.ABSOLUTE_32.holds(-1));
        assertTrue(RelocationType.ABSOLUTE_32_SIGNED.holds(Integer.MIN_VALUE));
        assertFalse(RelocationType.ABSOLUTE_32_SIGNED.holds(0x8000_0000L));
        assertTrue(RelocationType.RELATIVE_32.holds(-1));
        assertFalse(RelocationType.RELATIVE_32.holds(1L << 31));
    }
}
