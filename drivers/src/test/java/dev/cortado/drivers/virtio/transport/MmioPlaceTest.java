package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MmioPlaceTest {
    private static MmioPlace parse(String value) {
        return MmioPlace.parse("virtio_mmio.device=" + value);
    }

    /**
     * The first as QEMU's microvm writes it, the second as Firecracker, the third Linux's example.
     */
    @ParameterizedTest
    @CsvSource({
        "512@0xfeb00e00:12, 512, feb00e00, 12, -1",
        "4K@0xd0000000:5, 4096, d0000000, 5, -1",
        "1K@0x1001e000:74:7, 1024, 1001e000, 74, 7",
        "0x200@4096:0, 512, 1000, 0, -1",
        "1m@0x10000000000:24, 1048576, 10000000000, 24, -1",
    })
    void aPlaceIsRead(String value, long bytes, String base, int interrupt, int id) {
        assertEquals(
                new MmioPlace(Long.parseLong(base, 16), bytes, interrupt, id, true, false),
                parse(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "512",
                "512@",
                "@0x1000:5",
                "512@0x1000",
                "512@0x1000:",
                "512@:5",
                "512@0x1000:5:",
                "512@0x1000:5:6:7",
                "-512@0x1000:5",
                "512@-4096:5",
                "512@+4096:5",
                "512@0x1000:-1",
                "0@0x1000:5",
                "255@0x1000:5",
                "2G@0x1000:5",
                "512@0:5",
                "512@0x1001:5",
                "512@0xffffffffffffffff:5",
                "512@0xfffffffffffff:5",
                "99999999999999999G@0x1000:5",
                "512@0x1000:65536",
                "512@0x1000:99999999999",
                "K@0x1000:5",
                "512@0x:5",
                "512@0xg:5",
                "5 12@0x1000:5",
            })
    void whatCannotBeIsRefused(String value) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> parse(value));
        assertTrue(e.getMessage().startsWith("command line: virtio_mmio.device=" + value + ": "));
    }

    @Test
    void otherWordsAreTheProgramsOwn() {
        assertTrue(MmioPlace.isPlace("virtio_mmio.device=1@2:3"));
        assertFalse(MmioPlace.isPlace("virtio_mmio.devices=1@2:3"));
        assertFalse(MmioPlace.isPlace("--virtio_mmio.device=1@2:3"));
    }

    @Test
    void anyTextIsReadOrRefused() {
        Random random = new Random(8);
        String letters = "0123456789abxXKMG@:: -+@:";
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "4K@0xd000" : "");
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                MmioPlace place = parse(text.toString());
                assertTrue(place.base() > 0 && place.bytes() >= 256 && place.interrupt() >= 0);
                read++;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("command line: "));
            }
        }
        assertTrue(read > 100, "read " + read);
    }
}
