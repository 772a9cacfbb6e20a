package dev.cortado.runtime.file.iso9660;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.TreeListing;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that xorriso and genisoimage make have what the directory has that they are made of. */
final class AgreesWithIsoToolsTest {
    private static final long SEED = Long.getLong("cortado.iso9660.seed", 1);
    private static final long FIRST_TIME = 1_000_000_000;

    /** Until 2027: genisoimage is wrong by a day from 2028 on. */
    private static final int SECONDS = 800_000_000;

    @TempDir Path directory;

    private final Random random = new Random(SEED);
    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        Path deep = tree;
        for (int depth = 0; depth < 12; depth++) {
            deep = Files.createDirectory(deep.resolve("directory " + depth));
            write(deep.resolve("file of depth " + depth), random.nextInt(5000));
        }
        for (int file = 0; file < 120; file++) {
            Path path = tree.resolve("File-" + file + "x".repeat(random.nextInt(90)) + ".text");
            write(path, random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(3000));
            Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(file % 2 == 0 ? "rw-r-----" : "rwxr-xr-x"));
        }
        write(tree.resolve("empty"), 0);
        write(tree.resolve("n".repeat(240) + ".long"), 10);
        write(tree.resolve("\u00fcml\u00e4ut \u65e5\u672c"), 10);
        Files.createSymbolicLink(tree.resolve("relative"), Path.of("../up/./directory 0"));
        Files.createSymbolicLink(tree.resolve("absolute"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(tree.resolve("root"), Path.of("/"));
        Files.createSymbolicLink(
                tree.resolve("long link"), Path.of(("/" + "y".repeat(30)).repeat(3)));
        setTimes();
    }

    private void write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(file, content);
    }

    private void setTimes() throws IOException {
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        return set(file);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path file, IOException e)
                            throws IOException {
                        return set(file);
                    }
                });
    }

    private FileVisitResult set(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            long time = FIRST_TIME + random.nextInt(SECONDS);
            Files.setLastModifiedTime(file, FileTime.from(time, TimeUnit.SECONDS));
        }
        return FileVisitResult.CONTINUE;
    }

    private Path make(String program, String... options) {
        Path image = directory.resolve("image.iso");
        Object[] arguments = new Object[options.length + 3];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "-o";
        arguments[options.length + 1] = image;
        arguments[options.length + 2] = tree;
        HostTools.output(program, arguments);
        return image;
    }

    private static IsoFileSystem mount(Path image) throws Exception {
        ByteStorage storage = new ByteStorage("vda", Files.readAllBytes(image), 512);
        return IsoFileSystem.mount(storage, 256 << 10);
    }

    @ParameterizedTest
    @CsvSource({"xorrisofs, -R", "xorrisofs, -R -J", "genisoimage, -R", "genisoimage, -R -J"})
    void rockRidge(String program, String options) throws Exception {
        Map<String, String> found =
                TreeListing.of(mount(make(program, options.split(" "))), true, 1);
        // Where genisoimage puts what is too deep, it is shown also.
        found.remove("/rr_moved");
        TreeListing.assertSame(TreeListing.of(tree, true, 1), found);
    }

    /** Parts of names that are as long as a system use field can be are in several of them. */
    @Test
    void longLink() throws Exception {
        Path target = Path.of(("/" + "y".repeat(200)).repeat(4));
        Files.createSymbolicLink(tree.resolve("longer link"), target);
        IsoFileSystem fileSystem = mount(make("xorrisofs", "-R"));
        Inode link = fileSystem.lookup(fileSystem.root(), FileName.of("longer link"));
        assertEquals(target.toString(), new String(fileSystem.readLink(link)));
    }

    @ParameterizedTest
    @CsvSource({
        "xorrisofs, --norock -J",
        "genisoimage, -J -input-charset utf-8",
    })
    void joliet(String program, String options) throws Exception {
        tree = Files.createDirectories(directory.resolve("short"));
        write(tree.resolve("\u00fcml\u00e4ut \u65e5\u672c.TXT"), 10);
        write(tree.resolve("sixty-four letters, and not one more, are a name in Joliet64.txt"), 20);
        write(Files.createDirectories(tree.resolve("Directory/below")).resolve("file.a.b"), 30);
        setTimes();
        Map<String, String> found =
                TreeListing.of(mount(make(program, ("-quiet " + options).split(" "))), false, 1);
        TreeListing.assertSame(TreeListing.of(tree, false, 1), found);
    }

    /** Names are those that isoinfo shows, contents and times those that files have had. */
    @ParameterizedTest
    @CsvSource({"xorrisofs, --norock", "genisoimage, -U", "genisoimage, -l"})
    void withoutExtensions(String program, String options) throws Exception {
        Path image = make(program, "-quiet", options);
        Map<String, String> found = TreeListing.of(mount(image), false, 1);
        Set<String> shown =
                HostTools.output("isoinfo", "-f", "-i", image)
                        .lines()
                        .filter(line -> line.startsWith("/"))
                        .map(AgreesWithIsoToolsTest::plain)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shown, found.keySet());
        Set<String> files = Set.copyOf(TreeListing.of(tree, false, 1).values());
        found.forEach((path, line) ->
                assertTrue(
                        !line.startsWith("REGULAR") || files.contains(line), path + ": " + line));
    }

    private static String plain(String path) {
        return path.toLowerCase(Locale.ROOT).replaceFirst("\\.?;1$", "");
    }

    @Test
    void namesOfJolietHaveNoCase() throws Exception {
        IsoFileSystem fileSystem = mount(make("xorrisofs", "--norock", "-J"));
        Inode found = fileSystem.lookup(fileSystem.root(), FileName.of("DIRECTORY 0"));
        assertEquals(found, fileSystem.lookup(fileSystem.root(), FileName.of("directory 0")));
    }
}
