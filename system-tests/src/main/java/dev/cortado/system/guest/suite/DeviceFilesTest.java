package dev.cortado.system.guest.suite;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The devices that programs for Linux open. */
final class DeviceFilesTest extends InDirectory {
    private static final Path NULL = Path.of("/dev/null");
    private static final Path ZERO = Path.of("/dev/zero");
    private static final Path FULL = Path.of("/dev/full");

    @ParameterizedTest
    @CsvSource({"null, 3", "zero, 5", "full, 7", "random, 8", "urandom, 9"})
    void isACharacterDevice(String name, int minor) throws IOException {
        Path path = Path.of("/dev").resolve(name);
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        assertTrue(attributes.isOther());
        assertFalse(attributes.isRegularFile() || attributes.isDirectory());
        assertEquals(0, attributes.size());
        assertEquals(0020666, Files.getAttribute(path, "unix:mode"));
        assertEquals(256L + minor, Files.getAttribute(path, "unix:rdev"));
        assertEquals(
                "rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        File file = path.toFile();
        assertTrue(file.exists() && file.canRead() && file.canWrite());
        assertFalse(file.isFile() || file.isDirectory() || file.isHidden());
        assertEquals(0, file.length());
    }

    @Test
    void theDirectoryHasThem() throws IOException {
        List<String> names = List.of("full", "null", "random", "shm", "urandom", "zero");
        String[] listed = new File("/dev").list();
        assertNotNull(listed);
        assertTrue(Set.of(listed).containsAll(names));
        try (Stream<Path> all = Files.list(Path.of("/dev"))) {
            assertTrue(all.map(path -> path.getFileName().toString()).toList().containsAll(names));
        }
        Path shared = Files.createTempFile(Path.of("/dev/shm"), "test", null);
        Files.writeString(shared, "shared");
        assertEquals(6, Files.size(shared));
        Files.delete(shared);
    }

    @Test
    void nullIsEmpty() throws IOException {
        try (InputStream in = new FileInputStream("/dev/null")) {
            assertEquals(-1, in.read());
            assertEquals(0, in.available());
            assertEquals(0, in.skip(10));
            assertArrayEquals(new byte[0], in.readAllBytes());
        }
        assertArrayEquals(new byte[0], Files.readAllBytes(NULL));
        assertEquals(List.of(), Files.readAllLines(NULL));
    }

    @Test
    void nullTakesWhatIsWritten() throws IOException {
        try (OutputStream out = new FileOutputStream("/dev/null", true)) {
            out.write(1);
            out.write(new byte[100_000]);
        }
        try (PrintStream out = new PrintStream("/dev/null")) {
            out.println("nobody sees it");
            assertFalse(out.checkError());
        }
        Files.write(NULL, new byte[10_000], CREATE, TRUNCATE_EXISTING, WRITE);
        assertEquals(
                3,
                Files.copy(
                        new ByteArrayInputStream(new byte[3]),
                        file("copied", ""),
                        StandardCopyOption.REPLACE_EXISTING));
        try (FileChannel channel = FileChannel.open(NULL, READ, WRITE)) {
            assertEquals(5, channel.write(ByteBuffer.allocate(5)));
            assertEquals(5, channel.write(ByteBuffer.allocateDirect(5), 1L << 33));
            assertEquals(
                    7,
                    channel.write(
                            new ByteBuffer[] {ByteBuffer.allocate(3), ByteBuffer.allocate(4)}));
            assertEquals(0, channel.position());
            assertEquals(0, channel.size());
            assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
            channel.truncate(0);
            try (FileChannel source = FileChannel.open(path("copied"), READ)) {
                assertEquals(3, source.transferTo(0, 3, channel));
            }
        }
    }

    @Test
    void positionsStayWhereTheyAre() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile("/dev/zero", "rw")) {
            assertEquals(0, file.length());
            file.seek(1000);
            assertEquals(0, file.getFilePointer());
            file.writeLong(-1);
            assertEquals(0, file.readLong());
            assertEquals(0, file.getFilePointer());
            assertThrows(IOException.class, () -> file.setLength(10));
        }
        try (FileChannel channel = FileChannel.open(ZERO)) {
            channel.position(10);
            assertEquals(0, channel.position());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/full"})
    void zerosCome(String name) throws IOException {
        try (InputStream in = new FileInputStream(name)) {
            assertArrayEquals(new byte[20_000], in.readNBytes(20_000));
            assertEquals(10, in.skip(10));
        }
        ByteBuffer bytes = ByteBuffer.allocate(70_000);
        try (FileChannel channel = FileChannel.open(Path.of(name))) {
            assertEquals(70_000, channel.read(bytes));
            assertEquals(10, channel.read(bytes.clear().limit(10), 12345));
            ByteBuffer[] two = {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(4)};
            assertEquals(7, channel.read(two));
        }
        Path target = file("zeros", "");
        try (FileChannel from = FileChannel.open(Path.of(name));
                FileChannel to = FileChannel.open(target, WRITE)) {
            assertEquals(5000, to.transferFrom(from, 0, 5000));
        }
        assertEquals(5000, Files.size(target));
    }

    @Test
    void fullHasNoRoom() throws IOException {
        try (OutputStream out = new FileOutputStream("/dev/full")) {
            IOException e = assertThrows(IOException.class, () -> out.write(1));
            assertEquals("No space left on device", e.getMessage());
        }
        try (FileChannel channel = FileChannel.open(FULL, WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(2);
            IOException e = assertThrows(IOException.class, () -> channel.write(bytes));
            assertEquals("No space left on device", e.getMessage());
            assertEquals(2, bytes.remaining());
        }
        IOException e = assertThrows(IOException.class, () -> Files.writeString(FULL, "x"));
        assertEquals("No space left on device", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/random", "/dev/urandom"})
    void randomBytesDiffer(String name) throws IOException {
        byte[] one = new byte[32];
        byte[] other = new byte[32];
        try (InputStream in = new FileInputStream(name)) {
            assertEquals(32, in.readNBytes(one, 0, 32));
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            assertEquals(32, in.readNBytes(other, 0, 32));
        }
        assertNotEquals(ByteBuffer.wrap(one), ByteBuffer.wrap(other));
        try (OutputStream out = new FileOutputStream(name)) {
            out.write(one);
        }
    }

    @Test
    void thereIsNothingToForce() throws IOException {
        try (FileOutputStream out = new FileOutputStream("/dev/null")) {
            assertThrows(SyncFailedException.class, () -> out.getFD().sync());
            IOException e = assertThrows(IOException.class, () -> out.getChannel().force(true));
            assertEquals("Invalid argument", e.getMessage());
        }
    }

    @Test
    void cannotBeMapped() throws IOException {
        try (FileChannel channel = FileChannel.open(ZERO, READ, WRITE)) {
            assertThrows(
                    IOException.class, () -> channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096));
        }
    }

    @Test
    void isThereAlready() {
        assertThrows(
                FileAlreadyExistsException.class,
                () -> Files.newByteChannel(NULL, CREATE_NEW, WRITE));
        assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(NULL));
    }

    @Test
    void standardOutputCanBeOpened() throws IOException {
        Guest.required();
        assertEquals(Path.of("/dev/console"), Path.of("/dev/stdout").toRealPath());
        try (OutputStream out = new FileOutputStream("/dev/stdout")) {
            out.write("by /dev/stdout\n".getBytes());
        }
        try (FileInputStream in = new FileInputStream("/dev/stdin")) {
            assertEquals(0, in.available());
        }
    }
}
