package dev.cortado.drivers.acpi.aml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.acpi.Tables;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which accesses the fields of {@code fields.asl} make: their widths, order and values. */
final class FieldAccessTest {
    private final RegionModel regions = new RegionModel();
    private final LockCount lock = new LockCount();
    private AmlInterpreter interpreter;

    private static final class LockCount implements AmlHost {
        private int acquired;
        private int released;

        @Override
        public void acquireGlobalLock() {
            acquired++;
        }

        @Override
        public void releaseGlobalLock() {
            released++;
        }
    }

    @BeforeEach
    void load() throws AmlException {
        interpreter = new AmlInterpreter(regions, lock, AmlLimits.DEFAULT);
        assertEquals(List.of(), interpreter.load(Tables.bytes("aml/fields.aml")));
    }

    private List<String> accesses(String method) throws AmlException {
        interpreter.evaluate(interpreter.root().child(method));
        return regions.log().lines().toList();
    }

    /** DW0, 32 bits of DWordAcc, and then B0 of ByteAcc. */
    @Test
    void theWidthIsTheDeclared() throws AmlException {
        assertEquals(
                List.of("write memory 0x10000 4 0x11223344", "read memory 0x10000 1"),
                accesses("F01"));
    }

    /** ZE2, 20 bits behind 16 of WordAcc, WriteAsZeros. */
    @Test
    void zerosAreWrittenAround() throws AmlException {
        assertEquals(
                List.of("write memory 0x10022 2 0xbcde", "write memory 0x10024 2 0xa"),
                accesses("F13").subList(0, 2));
    }

    /** ON0, the first 4 bits of 16 of WordAcc, WriteAsOnes. */
    @Test
    void onesAreWrittenAround() throws AmlException {
        assertEquals("write memory 0x10008 2 0xfff0", accesses("F09").getFirst());
    }

    /** NIB0, the lower 4 bits of a byte, Preserve: it is read first. */
    @Test
    void bitsAroundArePreserved() throws AmlException {
        assertEquals(
                List.of("read memory 0x10004 1", "write memory 0x10004 1 0xa"),
                accesses("F03").subList(0, 2));
    }

    /** IX1, 16 bits at byte 0x21 behind an index and a data register. */
    @Test
    void theIndexIsWrittenBeforeEachByte() throws AmlException {
        assertEquals(
                List.of(
                        "write port 0x70 1 0x21",
                        "write port 0x71 1 0x34",
                        "write port 0x70 1 0x22",
                        "write port 0x71 1 0x12"),
                accesses("F20").subList(0, 4));
    }

    /** BK1, at byte 0x19, if 5 is in B3, at byte 3. */
    @Test
    void theBankIsChosenFirst() throws AmlException {
        assertEquals(
                List.of(
                        "write memory 0x10003 1 0x5",
                        "write memory 0x10019 1 0x9",
                        "write memory 0x10003 1 0x5",
                        "read memory 0x10019 1"),
                accesses("F24"));
    }

    /** ZE0 and ZE1 say Lock, ON0 and ON1 do not. */
    @Test
    void theGlobalLockIsHeldWhereItIsAskedFor() throws AmlException {
        accesses("F11");
        assertEquals(2, lock.acquired);
        accesses("F10");
        assertEquals(2, lock.acquired);
        assertEquals(2, lock.released);
    }

    @Test
    void theLockIsGivenBackAfterARefusal() throws AmlException {
        AmlInterpreter refusing = new AmlInterpreter(RegionAccess.NONE, lock, AmlLimits.DEFAULT);
        refusing.load(Tables.bytes("aml/fields.aml"));
        NamespaceNode field = refusing.root().child("ZE0");
        AmlException e = assertThrows(AmlException.class, () -> refusing.evaluate(field));
        assertEquals("Access to memory 0x10020 is refused", e.getMessage());
        assertEquals(1, lock.acquired);
        assertEquals(1, lock.released);
    }
}
