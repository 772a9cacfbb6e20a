package dev.cortado.runtime.file.ext4.make;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks of many sizes, compared with what mke2fs makes of them. */
class AgreesWithMke2fsTest {
    private static final List<String> FIELDS =
            List.of(
                    "Filesystem features",
                    "Filesystem flags",
                    "Default mount options",
                    "Filesystem state",
                    "Errors behavior",
                    "Inode count",
                    "Block count",
                    "Reserved block count",
                    "Overhead clusters",
                    "Free inodes",
                    "First block",
                    "Reserved GDT blocks",
                    "Group descriptor size",
                    "Blocks per group",
                    "Inodes per group",
                    "Flex block group size",
                    "Mount count",
                    "Maximum mount count",
                    "First inode",
                    "Inode size",
                    "Required extra isize",
                    "Desired extra isize",
                    "Journal inode",
                    "Default directory hash",
                    "Journal backup",
                    "Checksum type");

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "1048576, 1024, 0",
        "2093056, 1024, 0",
        "2097152, 1024, 1024",
        "8388608, 1024, 1024",
        "8998912, 1024, 1024",
        "33554432, 1024, 4096",
        "67108864, 4096, 1024",
        "134217728, 4096, 4096",
        "536866816, 4096, 4096",
        "536870912, 4096, 4096",
        "999997440, 4096, 4096",
        "3221225472, 4096, 16384",
        "21474836480, 4096, 32768",
    })
    void hasTheSameNumbers(long bytes, int blockBytes, long journal)
            throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, bytes)) {
            Ext4Maker.make(storage, MakeOptions.of(new UUID(1, 2), new UUID(3, 4), 5).build());
        }
        E2fsprogs.assertClean(image);
        Path other = directory.resolve("other");
        FileStorage.of(other, bytes).close();
        E2fsprogs.output("mke2fs", "-q", "-t", "ext4", "-b", blockBytes, other);
        assertEquals(numbers(other), numbers(image));
        assertEquals(
                journal == 0 ? "" : String.valueOf(journal),
                E2fsprogs.field(image, "Total journal blocks"));
        assertEquals(String.valueOf(blockBytes), E2fsprogs.field(image, "Block size"));
    }

    private static Map<String, String> numbers(Path image) {
        return E2fsprogs.output("dumpe2fs", "-h", image)
                .lines()
                .map(line -> line.split(": *", 2))
                .filter(line -> FIELDS.contains(line[0]))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }
}
