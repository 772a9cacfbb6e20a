package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFileTest {
    @TempDir Path directory;

    private static DiskFile disk(String file, Long size, boolean readOnly, String serial) {
        return new DiskFile(
                Path.of(file), Optional.ofNullable(size), readOnly, Optional.ofNullable(serial));
    }

    @Test
    void aFileMayHaveASizeAndOptions() {
        assertEquals(disk("data.img", null, false, null), DiskFile.parse("data.img"));
        assertEquals(
                disk("a/new.qcow2", 10L << 30, false, null), DiskFile.parse("a/new.qcow2:10G"));
        assertEquals(
                disk("x:y", 512L << 20, true, "WD 7"),
                DiskFile.parse("x:y:512mib,serial=WD 7,readonly"));
        assertEquals(disk("C:\\data.img", null, false, null), DiskFile.parse("C:\\data.img"));
        assertEquals(disk("data:10", null, false, null), DiskFile.parse("data:10"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | --disk  names no file",
                "':10G' | there is no disk :10G: name one that is there, or write --disk :10G:10G"
                        + " to make an empty one",
                "',readonly' | --disk ,readonly names no file",
                "a,rw | --disk a,rw: \"rw\" is no option of a disk; there are readonly and"
                        + " serial=NAME",
                "'a,serial=' | --disk a,serial=: a serial number has 1 to 20 letters, digits and"
                        + " the like",
                "a,serial=123456789012345678901 | --disk a,serial=123456789012345678901: a serial"
                        + " number has 1 to 20 letters, digits and the like",
                "nothing | there is no disk nothing: name one that is there, or write --disk"
                        + " nothing:10G to make an empty one",
            })
    void whatIsNoDiskIsRefused(String word, String message) {
        UserError e = assertThrows(UserError.class, () -> DiskFile.parse(word).prepare());
        assertEquals(message, e.getMessage());
    }

    @Test
    void whatIsMissingIsMadeOnce() throws IOException {
        Path raw = directory.resolve("new.img");
        DiskFile disk = DiskFile.parse(raw + ":3M");
        disk.prepare();
        assertEquals(3 << 20, Files.size(raw));
        assertEquals(DiskFormat.RAW, disk.format());
        Files.writeString(raw, "somebody's");
        disk.prepare();
        assertEquals("somebody's", Files.readString(raw));
        DiskFile other = DiskFile.parse(directory.resolve("new.qcow2") + ":10G");
        other.prepare();
        assertEquals(DiskFormat.QCOW2, other.format());
    }

    /** Fields by their places in QEMU's docs/interop/qcow2. */
    @ParameterizedTest
    @CsvSource({"2, 8, 112, true", "3, 8, 112, true", "3, 72, 4, true", "2, 72, 4, false"})
    void aGuestCannotHaveAFileOfTheHostByADiskThatNamesIt(
            int version, int field, long value, boolean isRefused) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(512);
        header.putInt(0, 0x514649FB).putInt(4, version).putLong(field, value);
        Path raw = Files.write(directory.resolve("data.img"), header.array());
        Path named = Files.write(directory.resolve("data.qcow2"), header.array());
        DiskFile.parse(named.toString()).prepare();
        if (isRefused) {
            UserError e =
                    assertThrows(UserError.class, () -> DiskFile.parse(raw.toString()).prepare());
            assertTrue(e.getMessage().contains(raw + " names another file"), e.getMessage());
        } else {
            DiskFile.parse(raw.toString()).prepare();
        }
        Files.write(raw, Arrays.copyOf(header.array(), 5));
        assertEquals(DiskFormat.QCOW2, DiskFormat.of(raw));
    }

    @Test
    void aDirectoryIsNoDisk() {
        UserError e =
                assertThrows(UserError.class, () -> DiskFile.parse(directory.toString()).prepare());
        assertEquals(directory + " is a directory, not a disk: name a file", e.getMessage());
    }

    @Test
    void aPipeIsNoDisk() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        Tools.run("mkfifo", pipe);
        UserError e = assertThrows(UserError.class, () -> DiskFormat.of(pipe));
        assertEquals(pipe + " is neither a file nor a block device: name one", e.getMessage());
    }

    @Test
    void whatCannotBeWrittenIsReadOnlyOnlyIfSomebodySaysSo() throws IOException {
        Path file = Files.createFile(directory.resolve("disk"));
        assertTrue(file.toFile().setReadOnly());
        DiskFile.parse(file + ",readonly").prepare();
        Assumptions.assumeFalse(Files.isWritable(file), "root writes to everything");
        UserError e =
                assertThrows(UserError.class, () -> DiskFile.parse(file.toString()).prepare());
        assertTrue(e.getMessage().contains(",readonly"), e.getMessage());
    }
}
