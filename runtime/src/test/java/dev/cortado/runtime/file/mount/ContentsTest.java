package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentsTest {
    private static final String UUID = "01234567-89ab-cdef-fedc-ba9876543210";

    @TempDir Path directory;

    private static Contents of(byte[] bytes) throws Exception {
        return Contents.of(new ByteStorage("vda", bytes, 512));
    }

    /** As mke2fs makes them. */
    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "ext4"})
    void extFileSystemsAreToldApart(String type) throws Exception {
        File program = new File("/usr/sbin/mke2fs");
        Assumptions.assumeTrue(program.canExecute(), "mke2fs (e2fsprogs) is not installed");
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
        List<String> command = new ArrayList<>(List.of(program.getPath(), "-q", "-F", "-t", type));
        command.addAll(List.of("-L", "sixteen letters!", "-U", UUID, image.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(true, process.waitFor(20, TimeUnit.SECONDS));
        Contents contents = of(Files.readAllBytes(image));
        assertEquals(new Contents(type, "sixteen letters!", UUID), contents);
    }

    @ParameterizedTest
    @CsvSource({
        "xfs, 0, XFSB",
        "squashfs, 0, hsqs",
        "btrfs, 65600, _BHRfS_M",
        "swap, 4086, SWAPSPACE2",
        "iso9660, 32769, CD001",
        "vfat, 82, 'FAT32   '",
    })
    void othersAreNamed(String type, int place, String mark) throws Exception {
        byte[] bytes = new byte[3 << 20];
        byte[] text = mark.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, place, text.length);
        assertEquals(new Contents(type, "", ""), of(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 512, 1024, 4096, 5 << 20})
    void zerosAreNothing(int size) throws Exception {
        assertEquals(new Contents(null, "", ""), of(new byte[size]));
    }
}
