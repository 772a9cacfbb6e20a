package dev.cortado.runtime.file.vfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.TreeListing;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that mkfs.fat and mtools make have what the directory has that they are made of. */
final class AgreesWithMtoolsTest {
    private static final long SEED = Long.getLong("cortado.vfat.seed", 1);
    private static final long FIRST_TIME = 1_000_000_000;
    private static final int TIME_SECONDS = 2;

    @TempDir Path directory;

    private final Random random = new Random(SEED);
    private Path tree;
    private Path image;

    @BeforeEach
    void makeTree() throws IOException {
        image = directory.resolve("image");
        tree = Files.createDirectory(directory.resolve("tree"));
        Path deep = tree;
        for (int depth = 0; depth < 8; depth++) {
            deep = Files.createDirectory(deep.resolve("directory " + depth));
            write(deep.resolve("file of depth " + depth), random.nextInt(5000));
        }
        for (int file = 0; file < 60; file++) {
            String name = "File-" + file + "x".repeat(random.nextInt(90)) + ".text";
            write(tree.resolve(name), random.nextInt(10) == 0 ? 90_000 : random.nextInt(3000));
        }
        for (String name : List.of("SHORT.TXT", "lower.txt", "Mixed.Txt", "a", "A.B.C", "+,;=[]")) {
            write(tree.resolve(name), random.nextInt(100));
        }
        write(tree.resolve("empty"), 0);
        write(tree.resolve("n".repeat(240) + ".long"), 10);
        write(tree.resolve("\u00fcml\u00e4ut \u65e5\u672c"), 10);
    }

    private void write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(file, content);
        long time = FIRST_TIME + random.nextInt(1_000_000_000);
        Files.setLastModifiedTime(file, FileTime.from(time, TimeUnit.SECONDS));
    }

    private void format(long kilobytes, String... options) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(kilobytes << 10);
        }
        Object[] arguments = Stream.concat(Stream.of(options), Stream.of(image)).toArray();
        HostTools.output("mkfs.fat", arguments);
    }

    private void copy(Path... files) {
        Object[] options = {"-s", "-m", "-i", image};
        Object[] arguments =
                Stream.of(Stream.of(options), Stream.of(files), Stream.of("::"))
                        .flatMap(each -> each)
                        .toArray();
        HostTools.output("mcopy", arguments);
    }

    private void copyAll() throws IOException {
        try (Stream<Path> files = Files.list(tree)) {
            copy(files.sorted().toArray(Path[]::new));
        }
    }

    private VfatFileSystem mount() throws Exception {
        ByteStorage storage = new ByteStorage("vda", Files.readAllBytes(image), 512);
        return VfatFileSystem.mount(storage, 256 << 10);
    }

    @ParameterizedTest
    @CsvSource({
        "4000, -F 12 -s 4, FAT12",
        "1440, -F 12 -r 1024, FAT12",
        "20000, -F 16, FAT16",
        "20000, -F 16 -S 2048 -s 1, FAT16",
        "40000, -F 32 -s 1, FAT32",
        "20000, -f 1 -R 7 -r 1024 -s 16, FAT12",
    })
    void treeIsTheSame(int kilobytes, String options, FatKind kind) throws Exception {
        format(kilobytes, options.split(" "));
        copyAll();
        VfatFileSystem found = mount();
        assertTrue(found.statistics().blocks() > 100);
        assertEquals(
                kind.name(),
                HostTools.output("minfo", "-i", image, "::")
                        .replaceAll("(?s).*disk type=\"(FAT..).*", "$1"));
        TreeListing.assertSame(
                withoutDirectoryTimes(TreeListing.of(tree, false, TIME_SECONDS)),
                withoutDirectoryTimes(TreeListing.of(found, false, TIME_SECONDS)));
    }

    /** mcopy makes directories when it copies, though -m has been said. */
    private static Map<String, String> withoutDirectoryTimes(Map<String, String> listing) {
        listing.replaceAll((path, line) -> line.startsWith("DIRECTORY") ? "DIRECTORY" : line);
        return listing;
    }

    @Test
    void filesInManyPieces() throws Exception {
        format(8000, "-F", "16", "-s", "1");
        for (int round = 0; round < 6; round++) {
            for (int file = 0; file < 20; file++) {
                Path path = tree.resolve("piece" + file);
                if (round > 0 && random.nextBoolean()) {
                    HostTools.output("mdel", "-i", image, "::piece" + file);
                } else if (round > 0) {
                    continue;
                }
                write(path, random.nextInt(60_000));
                copy(path);
            }
        }
        VfatFileSystem found = mount();
        for (int file = 0; file < 20; file++) {
            String name = "piece" + file;
            Inode inode = found.lookup(found.root(), FileName.of(name.toUpperCase(Locale.ROOT)));
            assertEquals(
                    HexFormat.of().formatHex(Files.readAllBytes(tree.resolve(name))),
                    HexFormat.of().formatHex(TreeListing.content(found, inode)));
        }
    }

    @Test
    void attributes() throws Exception {
        format(8000);
        copyAll();
        HostTools.output("mattrib", "+r", "-i", image, "::SHORT.TXT");
        VfatFileSystem found = mount();
        Inode file = found.lookup(found.root(), FileName.of("short.txt"));
        assertEquals(0555, found.attributes(file).permissions());
        Inode other = found.lookup(found.root(), FileName.of("lower.txt"));
        assertEquals(0755, found.attributes(other).permissions());
    }

    /** A line of mdir is a short name, size, date, time, and the long name. */
    @Test
    void filesAreFoundByTheirShortNames() throws Exception {
        format(8000);
        copyAll();
        VfatFileSystem found = mount();
        int aliases = 0;
        for (String line : HostTools.output("mdir", "-a", "-i", image, "::").split("\n")) {
            String longName = line.length() > 42 ? line.substring(42) : "";
            if (line.contains("~") && longName.chars().allMatch(letter -> letter < 128)) {
                String base = line.substring(0, 8).strip();
                String extension = line.substring(9, 12).strip();
                String alias = extension.isEmpty() ? base : base + "." + extension;
                assertEquals(
                        found.lookup(found.root(), FileName.of(longName.strip())),
                        found.lookup(found.root(), FileName.of(alias)),
                        line);
                aliases++;
            }
        }
        assertTrue(aliases > 50);
    }
}
