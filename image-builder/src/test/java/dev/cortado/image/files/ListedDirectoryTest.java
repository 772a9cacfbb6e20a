package dev.cortado.image.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedDirectoryTest {
    private static final String CONTENT_SHA_256 =
            "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

    private static final FileTime TIME =
            FileTime.from(1_700_000_000_123_456_000L, TimeUnit.NANOSECONDS);

    @TempDir Path temporary;
    private Path site;

    @BeforeEach
    void make() throws IOException {
        site = Files.createDirectory(temporary.resolve("site"));
    }

    private ListedDirectory list() {
        return list(Map.of());
    }

    private ListedDirectory list(Map<String, String> host) {
        return ListedDirectory.of(List.of(new WantedDirectory(site, "/srv/s p")), host).getFirst();
    }

    @Test
    void nothingIsLaterThanTheSources() throws IOException {
        fill(site);
        String early = list(Map.of("SOURCE_DATE_EPOCH", "1600000000")).text();
        assertEquals(
                early.replace(" 1600000000000000000 ", " 1700000000123456000 "), list().text());
        assertEquals(list().text(), list(Map.of("SOURCE_DATE_EPOCH", "1800000000")).text());
        assertEquals(list().text(), list(Map.of("SOURCE_DATE_EPOCH", "yesterday")).text());
        assertNotEquals(early, list().text());
    }

    private void fill(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("d/deep"));
        Files.createDirectory(directory.resolve("empty"));
        Files.writeString(directory.resolve("b c+ä"), "content");
        Files.writeString(directory.resolve("a"), "");
        Path run = Files.writeString(directory.resolve("d/run"), "content");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrw----"));
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, TIME);
            }
        }
    }

    @Test
    void listsAllInTheOrderOfNames() throws IOException {
        fill(site);
        ListedDirectory listed = list();
        String time = "1700000000123456000";
        assertEquals(
                List.of(
                        "directory 755 " + time + " /",
                        "file 644 "
                                + time
                                + " 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca"
                                + "495991b7852b855 /a",
                        "file 644 " + time + " 7 " + CONTENT_SHA_256 + " /b%20c+%C3%A4",
                        "directory 755 " + time + " /d",
                        "directory 755 " + time + " /d/deep",
                        "file 755 " + time + " 7 " + CONTENT_SHA_256 + " /d/run",
                        "directory 755 " + time + " /empty"),
                listed.lines());
        assertEquals(3, listed.files());
        assertEquals(3, listed.directories());
        assertEquals(14, listed.bytes());
        assertEquals(site, Path.of(URI.create(listed.origin())));
    }

    @Test
    void theSameDirectoryElsewhereGivesTheSame() throws IOException {
        fill(site);
        String first = list().text();
        site = Files.createDirectory(temporary.resolve("other"));
        fill(site);
        assertEquals(first, list().text());
        Files.writeString(site.resolve("a"), "x");
        Files.setLastModifiedTime(site.resolve("a"), TIME);
        assertNotEquals(first, list().text());
    }

    @Test
    void writesWhereTheFilesAre() throws IOException {
        Path file = temporary.resolve("listing");
        ListedDirectory.write(List.of(list()), file);
        assertEquals("mount /srv/s%20p " + site.toUri(), Files.readAllLines(file).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "d/../a", "./none", "d/./deep/../../a"})
    void keepsLinksThatStayInside(String target) throws IOException {
        Path link = Files.createSymbolicLink(site.resolve("link"), Path.of(target));
        long modified =
                Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
        assertEquals("link " + modified + " " + target + " /link", list().lines().getLast());
        assertEquals(1, list().files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "..", "../x", "d/../../site/a"})
    void refusesLinksThatLeadOut(String target) throws IOException {
        Path link = Files.createSymbolicLink(site.resolve("link"), Path.of(target));
        assertRefused(
                link
                        + " is a link to "
                        + target
                        + ", which is not in "
                        + site
                        + ": copy that, or leave the link out");
    }

    @Test
    void aLinkMayLeadToDirectoriesAboveItsOwn() throws IOException {
        Path deep = Files.createDirectories(site.resolve("d/deep"));
        Path link = Files.createSymbolicLink(deep.resolve("up"), Path.of("../../a b"));
        assertEquals(" ../../a%20b /d/deep/up", list().lines().getLast().substring(24));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../../../site"));
        assertThrows(UserError.class, this::list);
    }

    @Test
    void refusesWhatIsNoDirectory() throws IOException {
        Path real = site;
        site = temporary.resolve("none");
        assertRefused("there is no directory " + site);
        site = Files.writeString(temporary.resolve("file"), "");
        assertRefused(site + " is no directory: name the one that it is in");
        site = Files.createSymbolicLink(temporary.resolve("link"), real);
        assertEquals(1, list().lines().size());
    }

    @Test
    void refusesSockets() throws IOException {
        Path socket = site.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket + " is a device, a socket or a pipe, which cannot be in an image");
        }
    }

    @Test
    void refusesFilesThatNoArrayCanHold() throws IOException {
        Path large = site.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        assertRefused(
                large
                        + " has 2,147,483,648 bytes: a file in an image can have 2 GiB, a larger one"
                        + " belongs on a disk");
    }

    @Test
    void refusesNamesThatAreNotText() throws IOException {
        Path name = Path.of(URI.create(site.toUri() + "a%FF"));
        Files.createFile(name);
        assertRefused(name + " has a name that is not UTF-8 (a%FF)");
    }

    @Test
    void saysWhatCannotBeRead() throws IOException {
        Path secret = Files.createFile(site.resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "who is root may read all");
        assertRefused(secret + " cannot be read: there is no permission to");
    }

    private void assertRefused(String why) {
        UserError e = assertThrows(UserError.class, this::list);
        assertEquals("--files: " + why, e.getMessage());
    }
}
