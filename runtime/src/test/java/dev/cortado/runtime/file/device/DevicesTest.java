package dev.cortado.runtime.file.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.ClosedFileException;
import dev.cortado.runtime.file.open.ConsoleFile;
import dev.cortado.runtime.file.open.ConsolePort;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK makes of it is compared with Linux in the guest suite. */
final class DevicesTest {
    private static final int WRITE = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;

    private final TmpFileSystem files = new TmpFileSystem(1 << 20, 100, () -> 0);
    private final Chance chance = new Chance();
    private final Typist typist = new Typist();
    private final FileTree tree =
            new FileTree(files, 0022, Devices.of(chance, ConsoleFile.input(typist)));

    /** Remembers what was mixed in. */
    private static final class Chance implements RandomSource {
        final Random random = new Random(11);
        final ByteArrayOutputStream added = new ByteArrayOutputStream();

        @Override
        public void next(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        public void add(byte[] bytes) {
            added.writeBytes(bytes);
        }
    }

    /** Somebody who never types anything. */
    private static final class Typist implements ConsolePort {
        final StringBuilder shown = new StringBuilder();
        private long wakes;

        @Override
        public synchronized int read(ByteBuffer to, long before) {
            try {
                while (wakes == before) {
                    wait();
                }
                return WOKEN;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean isReadable() {
            return false;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void write(ByteBuffer from) {
            shown.append(StandardCharsets.US_ASCII.decode(from));
        }

        @Override
        public synchronized long wakes() {
            return wakes;
        }

        @Override
        public synchronized void wake() {
            wakes++;
            notifyAll();
        }
    }

    @BeforeEach
    void make() throws FileException {
        DeviceDirectory.make(files, "dev");
    }

    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private OpenFile open(String name, int flags) throws FileException {
        return tree.open(null, path("/dev/" + name), flags, 0666);
    }

    private static byte[] read(OpenFile file, int count) throws FileException {
        byte[] bytes = new byte[count];
        assertEquals(count, file.read(ByteBuffer.wrap(bytes)));
        return bytes;
    }

    /** The numbers are those of devices.txt. */
    @ParameterizedTest
    @CsvSource({
        "null, 1, 3, 438",
        "zero, 1, 5, 438",
        "full, 1, 7, 438",
        "random, 1, 8, 438",
        "urandom, 1, 9, 438",
        "console, 5, 1, 400",
        "stdin, 5, 1, 400",
        "stdout, 5, 1, 400",
        "stderr, 5, 1, 400"
    })
    void isADeviceWithItsNumber(String name, int major, int minor, int permissions)
            throws FileException {
        Attributes attributes = tree.attributes(null, path("/dev/" + name), true);
        assertEquals(FileKind.CHARACTER_DEVICE, attributes.kind());
        assertEquals(major * 256 + minor, attributes.represented());
        assertEquals(permissions, attributes.permissions());
        assertEquals(0, attributes.size());
        assertEquals(1, attributes.links());
    }

    @Test
    void nullIsEmptyAndTakesAll() throws FileException {
        OpenFile file = open("null", OpenFlags.READ_WRITE);
        assertEquals(OpenFile.END, file.read(ByteBuffer.allocate(10)));
        assertEquals(0, file.read(ByteBuffer.allocate(0)));
        assertEquals(5000, file.write(ByteBuffer.allocate(5000)));
        assertEquals(10, file.writeAt(1L << 40, ByteBuffer.allocate(10)));
        assertEquals(0, file.position());
        assertEquals(0, file.attributes().size());
    }

    @Test
    void zerosNeverEnd() throws FileException {
        for (String name : List.of("zero", "full")) {
            OpenFile file = open(name, OpenFlags.READ_ONLY);
            byte[] bytes = new byte[10_001];
            new Random(1).nextBytes(bytes);
            assertEquals(bytes.length, file.read(ByteBuffer.wrap(bytes)));
            assertArrayEquals(new byte[bytes.length], bytes);
            assertEquals(7, file.readAt(Long.MAX_VALUE - 7, ByteBuffer.allocateDirect(7)));
            ByteBuffer eight = ByteBuffer.allocate(8);
            Fails.with(Errno.EINVAL, () -> file.readAt(Long.MAX_VALUE - 7, eight));
        }
    }

    @Test
    void areLockedAsFilesAre() throws FileException {
        OpenFile file = open("null", WRITE);
        assertTrue(file.lock(0, 10, true, true));
        Fails.with(Errno.EBADF, () -> file.lock(0, 10, false, true));
        file.unlock(0, 10);
        file.close();
        Fails.with(Errno.EBADF, () -> file.unlock(0, 10));
    }

    @Test
    void fullHasNoRoom() throws FileException {
        OpenFile file = open("full", WRITE);
        ByteBuffer bytes = ByteBuffer.allocate(3);
        Fails.with(Errno.ENOSPC, () -> file.write(bytes));
        Fails.with(Errno.ENOSPC, () -> file.writeAt(0, bytes));
        assertEquals(3, bytes.remaining());
        assertEquals(0, file.write(ByteBuffer.allocate(0)));
        assertEquals(3, open("zero", WRITE).write(bytes));
    }

    @Test
    void randomBytesAreTheSources() throws FileException {
        byte[] expected = new byte[10_000];
        new Random(11).nextBytes(expected);
        OpenFile file = open("urandom", OpenFlags.READ_WRITE);
        assertArrayEquals(expected, read(file, expected.length));
        file.write(ByteBuffer.wrap(expected));
        assertArrayEquals(expected, chance.added.toByteArray());
    }

    @Test
    void whatTheyCannotDoFailsAsOnLinux() throws FileException {
        OpenFile file = open("null", OpenFlags.READ_WRITE);
        file.seek(100);
        assertEquals(0, file.position());
        assertEquals(0, file.available());
        Fails.with(Errno.EINVAL, () -> file.truncate(0));
        Fails.with(Errno.EINVAL, () -> file.sync(false));
        Fails.with(Errno.EINVAL, () -> file.readAt(-1, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> file.writeAt(Long.MAX_VALUE, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> tree.truncate(null, path("/dev/null"), 0));
        Fails.with(Errno.ENOTDIR, () -> open("null/a", OpenFlags.READ_ONLY));
        Fails.with(Errno.ENOTDIR, () -> open("null", OpenFlags.DIRECTORY));
        Fails.with(
                Errno.EEXIST,
                () -> open("null", OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE));
        OpenFile reader = open("null", OpenFlags.READ_ONLY);
        Fails.with(Errno.EBADF, () -> reader.write(ByteBuffer.allocate(1)));
        OpenFile writer = open("null", WRITE);
        Fails.with(Errno.EBADF, () -> writer.read(ByteBuffer.allocate(1)));
        writer.close();
        Fails.with(Errno.EBADF, () -> writer.write(ByteBuffer.allocate(1)));
    }

    /** Opening it changes nothing of the file system (path_resolution(7), mount(8) on ro). */
    @Test
    void isWrittenToWhereFilesAreReadOnly() throws FileException {
        tree.makeDirectory(null, path("/other"), 0755);
        tree.mount(path("/other"), files, true);
        OpenFile file = tree.open(null, path("/other/dev/null"), WRITE, 0);
        assertEquals(4, file.write(ByteBuffer.allocate(4)));
        tree.access(null, path("/other/dev/null"), FileTree.MAY_READ | FileTree.MAY_WRITE);
        Fails.with(Errno.EROFS, () -> tree.access(null, path("/other/dev"), FileTree.MAY_WRITE));
        AttributeChange change = AttributeChange.ofPermissions(0);
        Fails.with(Errno.EROFS, () -> file.setAttributes(change));
    }

    @Test
    void aNumberThatNobodyHasIsNoDevice() throws FileException {
        files.makeDevice(files.root(), FileName.of("tape"), 0660, 9 * 256);
        Fails.with(Errno.ENXIO, () -> tree.open(null, path("/tape"), OpenFlags.READ_ONLY, 0));
        FileTree none = new FileTree(files, 0);
        Fails.with(Errno.ENXIO, () -> none.open(null, path("/dev/null"), OpenFlags.READ_ONLY, 0));
    }

    @Test
    void duplicatesAreClosedOneByOne() throws FileException {
        OpenFile file = open("zero", OpenFlags.READ_ONLY);
        OpenFile other = file.duplicate();
        file.close();
        assertEquals(PollState.INVALID, file.pollState());
        assertArrayEquals(new byte[2], read(other, 2));
        assertEquals(PollState.READABLE | PollState.WRITABLE, other.pollState());
    }

    @Test
    void standardOutputIsTheConsole() throws FileException {
        OpenFile file = open("stdout", WRITE);
        file.write(ByteBuffer.wrap(path("hello")));
        assertEquals("hello", typist.shown.toString());
        Fails.with(Errno.ESPIPE, file::position);
        Fails.with(Errno.EBADF, () -> file.read(ByteBuffer.allocate(1)));
        file.close();
        open("stderr", OpenFlags.WRITE_ONLY).write(ByteBuffer.wrap(path("!")));
        assertEquals("hello!", typist.shown.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWakesWhoWaitsForInput(boolean isVirtual) throws Exception {
        OpenFile file = open("stdin", OpenFlags.READ_ONLY);
        OpenFile other = file.duplicate();
        var waiting =
                Within.start(isVirtual, () -> file.read(ByteBuffer.allocate(1))).awaitWaiting();
        file.close();
        assertThrows(ClosedFileException.class, waiting::end);
        other.setBlocking(false);
        assertEquals(OpenFile.UNAVAILABLE, other.read(ByteBuffer.allocate(1)));
    }

    @Test
    void theDirectoryListsThem() throws FileException {
        OpenFile directory = open("", OpenFlags.READ_ONLY);
        List<String> names = new ArrayList<>();
        for (var next = directory.nextEntry(); next != null; next = directory.nextEntry()) {
            names.add(next.name() + " " + next.kind());
        }
        assertEquals(10, names.size());
        assertEquals("shm DIRECTORY", names.getFirst());
        assertEquals("null CHARACTER_DEVICE", names.getLast());
    }

    /** As everybody who may do everything can on Linux, too. */
    @Test
    void anotherFileCanTakeItsName() throws FileException {
        tree.unlink(null, path("/dev/null"));
        OpenFile file = open("null", WRITE);
        assertEquals(FileKind.REGULAR, file.attributes().kind());
        file.write(ByteBuffer.allocate(3));
        assertEquals(3, tree.attributes(null, path("/dev/null"), true).size());
    }
}
