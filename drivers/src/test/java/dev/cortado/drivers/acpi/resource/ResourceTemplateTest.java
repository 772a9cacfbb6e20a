package dev.cortado.drivers.acpi.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.HostileCases;
import dev.cortado.drivers.acpi.aml.AmlException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResourceTemplateTest {
    /** What iasl makes of one macro of each kind, with the numbers that are expected below. */
    private static final byte[] TEMPLATE =
            HexFormat.of()
                    .parseHex(
                            "23200c18220001" // IRQ (Level, ActiveLow, Shared) {5, 10, 11}; 8
                                    + "2a0400" // DMA
                                    + "4701000100020410" // IO (Decode16, 0x100, 0x200, 4, 16)
                                    + "4bf80308" // FixedIO (0x3f8, 8)
                                    + "81090001001000200001" // Memory24
                                    + "4000" // its length
                                    + "8511000000000010" // Memory32
                                    + "000000200010000000200000"
                                    + "8609000100" // Memory32Fixed
                                    + "00c0fe00100000"
                                    + "880d00020c0000000000ff0000000001" // WordBusNumber
                                    + "880d00010c030000000dffff000000f3" // WordIO
                                    + "87170000" // DWordMemory
                                    + "0c0300000000000000c0ffffbffe00000000"
                                    + "0000c03e"
                                    + "8a2b00000101" // QWordMemory
                                    + "ff0f000000000000"
                                    + "0000000008000000"
                                    + "ffffffff0f000000"
                                    + "0000000010000000"
                                    + "0000000008000000"
                                    + "8b3500000d030100" // ExtendedMemory
                                    + "0000000000000000"
                                    + "0000000010000000"
                                    + "ff0f000010000000"
                                    + "0000000000000000"
                                    + "0010000000000000"
                                    + "0200000000000000"
                                    + "890e000d0310000000" // Interrupt {16, 17, 1000}
                                    + "11000000e8030000"
                                    + "8911000301090000" // Interrupt {9} with a source
                                    + "00005c5f53422e4c4e4b4100"
                                    + "73010203" // VendorShort
                                    + "840900010203040506070809"
                                    + "7900");

    @Test
    void everyKindIsWhatItsMacroSays() throws AmlException {
        assertEquals(
                List.of(
                        new Interrupts(List.of(5, 10, 11), true, true, true, true),
                        new Interrupts(List.of(8), false, false, false, true),
                        new OtherResource(5, 2),
                        new PortRange(0x100, 0x200, 4, 0x10),
                        new PortRange(0x3f8, 0x3f8, 1, 8),
                        new MemoryRange(0x10_0000, 0x20_0000, 0x100, 0x4000, true),
                        new MemoryRange(0x1000_0000, 0x2000_0000, 0x1000, 0x2000, false),
                        new MemoryRange(0xfec0_0000L, 0xfec0_0000L, 1, 0x1000, true),
                        range(AddressRange.Kind.BUS_NUMBERS, false, true, 0, 0, 0, 0xff, 0, 0x100),
                        range(AddressRange.Kind.IO, false, true, 3, 0, 0xd00, 0xffff, 0, 0xf300),
                        range(
                                AddressRange.Kind.MEMORY,
                                false,
                                true,
                                3,
                                0,
                                0xc000_0000L,
                                0xfebf_ffffL,
                                0,
                                0x3ec0_0000),
                        range(
                                AddressRange.Kind.MEMORY,
                                true,
                                false,
                                1,
                                0xfff,
                                0x8_0000_0000L,
                                0xf_ffff_ffffL,
                                0x10_0000_0000L,
                                0x8_0000_0000L),
                        range(
                                AddressRange.Kind.MEMORY,
                                true,
                                true,
                                3,
                                0,
                                0x10_0000_0000L,
                                0x10_0000_0fffL,
                                0,
                                0x1000),
                        new Interrupts(List.of(16, 17, 1000), true, true, true, false),
                        new Interrupts(List.of(9), false, false, false, false),
                        new OtherResource(0x0e, 3),
                        new OtherResource(0x84, 9)),
                ResourceTemplate.decode(TEMPLATE));
    }

    private static AddressRange range(
            AddressRange.Kind kind,
            boolean isConsumer,
            boolean isFixed,
            int flags,
            long granularity,
            long minimum,
            long maximum,
            long translation,
            long length) {
        return new AddressRange(
                kind,
                isConsumer,
                isFixed,
                isFixed,
                flags,
                granularity,
                minimum,
                maximum,
                translation,
                length);
    }

    @Test
    void everyCutTemplateIsAnError() {
        // Without its last byte the end tag is cut off itself.
        for (int length = 0; length < TEMPLATE.length; length++) {
            byte[] cut = Arrays.copyOf(TEMPLATE, length);
            assertThrows(AmlException.class, () -> ResourceTemplate.decode(cut), "" + length);
        }
    }

    @Test
    void descriptorsThatAreTooShortAreErrors() {
        for (String descriptor :
                List.of(
                        "210079",
                        "218079",
                        "4600000000000079",
                        "860800000000000000007900",
                        "89060009020100000079",
                        "8700007900",
                        "8b0100007900")) {
            byte[] bytes = HexFormat.of().parseHex(descriptor);
            assertThrows(AmlException.class, () -> ResourceTemplate.decode(bytes), descriptor);
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws AmlException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            boolean isSmall = random.nextBoolean();
            List<Integer> numbers =
                    random.ints(random.nextInt(4), 0, isSmall ? 16 : Integer.MAX_VALUE)
                            .distinct()
                            .sorted()
                            .boxed()
                            .toList();
            Interrupts interrupts =
                    new Interrupts(
                            numbers,
                            random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            isSmall);
            byte[] template = ResourceTemplate.encode(interrupts);
            assertEquals(List.of(interrupts), ResourceTemplate.decode(template));
        }
    }

    /** As iasl writes Interrupt (ResourceConsumer, Level, ActiveHigh, Shared) {10}. */
    @Test
    void theBytesAreTheAssemblers() throws AmlException {
        Interrupts extended = new Interrupts(List.of(10), true, false, true, false);
        assertArrayEquals(
                HexFormat.of().parseHex("89060009010a0000007900"),
                ResourceTemplate.encode(extended));
        Interrupts low = new Interrupts(List.of(10), true, true, false, false);
        assertArrayEquals(
                HexFormat.of().parseHex("89060005010a0000007900"), ResourceTemplate.encode(low));
        Interrupts small = new Interrupts(List.of(5, 11), true, true, true, true);
        assertArrayEquals(HexFormat.of().parseHex("232008187900"), ResourceTemplate.encode(small));
    }

    @Test
    void interruptsThatDoNotFitAreErrors() {
        Interrupts small = new Interrupts(List.of(16), true, true, true, true);
        assertThrows(AmlException.class, () -> ResourceTemplate.encode(small));
    }

    @Test
    void noBytesEscape() {
        Random random = new Random(2);
        for (int i = 0; i < HostileCases.of(100_000); i++) {
            byte[] bytes;
            if (random.nextBoolean()) {
                bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
            } else {
                bytes = TEMPLATE.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            try {
                ResourceTemplate.decode(bytes);
            } catch (AmlException e) {
                // What it is for.
            }
        }
    }
}
