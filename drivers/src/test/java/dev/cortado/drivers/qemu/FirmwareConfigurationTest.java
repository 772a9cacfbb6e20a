package dev.cortado.drivers.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.register.TestRegisters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirmwareConfigurationTest {
    private final FirmwareModel model = new FirmwareModel();
    private final FirmwareConfiguration device = new FirmwareConfiguration(model);

    @Test
    void itIsThereIfItSaysSo() {
        assertTrue(device.isPresent());
        model.item(0, "QEMX".getBytes(StandardCharsets.US_ASCII));
        assertFalse(device.isPresent());
        assertFalse(new FirmwareConfiguration(new TestRegisters(2)).isPresent());
    }

    @Test
    void filesHaveNamesAndContents() throws IOException {
        model.file("opt/dev.cortado/arguments", "one two").file("etc/empty", "");
        List<FirmwareFile> files = device.files();
        assertEquals(
                List.of(
                        new FirmwareFile("etc/empty", 0, 0x20),
                        new FirmwareFile("opt/dev.cortado/arguments", 7, 0x21)),
                files);
        assertEquals(0, device.read(files.getFirst(), 10).length);
        byte[] text = "one two".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(text, device.read(files.getLast(), 7));
        assertArrayEquals(text, device.read(files.getLast(), 1000), "from the beginning again");
    }

    /** FWCfgFiles and FWCfgFile, byte by byte. */
    @Test
    void theDirectoryIsReadAsItIsDocumented() throws IOException {
        String name = HexFormat.of().formatHex("opt/a".getBytes(StandardCharsets.US_ASCII));
        String entry = "00000001" + "002a" + "0000" + name + "00".repeat(51);
        model.item(0x19, HexFormat.of().parseHex("00000001" + entry));
        assertEquals(List.of(new FirmwareFile("opt/a", 1, 42)), device.files());
    }

    /** QEMU hands on the bytes that a shell of the host has given it. */
    @Test
    void namesAreInUtf8() throws IOException {
        String name = HexFormat.of().formatHex("opt/\u00e4".getBytes(StandardCharsets.UTF_8));
        String entry = "00000001" + "002a" + "0000" + name + "00".repeat(50);
        model.item(0x19, HexFormat.of().parseHex("00000001" + entry));
        assertEquals(List.of(new FirmwareFile("opt/\u00e4", 1, 42)), device.files());
    }

    @Test
    void withoutADirectoryThereAreNoFiles() throws IOException {
        assertEquals(List.of(), device.files());
    }

    @Test
    void aFileThatIsTooLongIsNotRead() throws IOException {
        model.file("opt/a", "12345678");
        FirmwareFile file = device.files().getFirst();
        long before = model.reads;
        IOException e = assertThrows(IOException.class, () -> device.read(file, 7));
        assertEquals("fw_cfg: opt/a has 8 bytes; it may have 7", e.getMessage());
        assertEquals(before, model.reads);
        FirmwareFile huge = new FirmwareFile("opt/huge", 0xffff_ffffL, 0x20);
        assertThrows(IOException.class, () -> device.read(huge, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ffffffff | a directory of 4294967295 files",
                "80000000 | a directory of 2147483648 files",
                "00003fe1 | a directory of 16353 files",
                "0000000100000001001f000061 | file 0 has selector 0x1f",
                "00000001000000014020000061 | file 0 has selector 0x4020",
                "000000010000000100200000 | file 0 has no name that ends",
            })
    void aDirectoryThatMakesNoSenseIsRefused(String hex, String message) {
        model.item(0x19, HexFormat.of().parseHex(hex));
        IOException e = assertThrows(IOException.class, device::files);
        assertTrue(e.getMessage().startsWith("fw_cfg: " + message), e.getMessage());
    }

    @Test
    void aNameWithoutAnEndIsRefused() {
        String endless = "00000001" + "00000001" + "00200000" + "61".repeat(56);
        model.item(0x19, HexFormat.of().parseHex(endless));
        assertThrows(IOException.class, device::files);
    }

    @Test
    void whateverItSaysIsReadInBoundedTime() {
        Random random = new Random(20);
        for (int round = 0; round < 300; round++) {
            byte[] directory = new byte[random.nextInt(4096)];
            random.nextBytes(directory);
            if (directory.length > 2) {
                directory[0] = 0;
                directory[1] = 0;
            }
            model.item(0x19, directory);
            model.reads = 0;
            try {
                device.files();
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("fw_cfg: "), e.getMessage());
            }
            assertTrue(model.reads <= 4 + 64 * 0x3fe0L, "reads " + model.reads);
        }
    }
}
