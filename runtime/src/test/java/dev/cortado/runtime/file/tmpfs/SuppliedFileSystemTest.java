package dev.cortado.runtime.file.tmpfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SuppliedFileSystemTest {
    private static final byte[] PATH = bytes("/resolv.conf");
    private static final byte[] OTHER = bytes("/other");
    private static final int PAGES = 2;

    private String said = "first\n";
    private Runnable meanwhile = () -> {};

    /** How often the time is asked for before there is no memory, once. */
    private int timesBeforeFailure = Integer.MAX_VALUE;

    private SuppliedFileSystem files;
    private FileTree tree;

    @BeforeEach
    void mount() throws FileException {
        files =
                new SuppliedFileSystem(
                        new TmpFileSystem(PAGES * TmpFileSystem.PAGE_BYTES, 10, this::time),
                        FileName.of("resolv.conf"),
                        () -> said == null ? null : bytes(said));
        tree = new FileTree(files, 0022);
    }

    /** Asked in the midst of each change. */
    private long time() {
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        if (timesBeforeFailure-- == 0) {
            throw new OutOfMemoryError("for a test");
        }
        return 1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OpenFile open(byte[] path, int flags) throws FileException {
        return tree.open(null, path, flags, 0644);
    }

    private static String rest(OpenFile file) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(PAGES * TmpFileSystem.PAGE_BYTES);
        file.read(bytes);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private String content() throws FileException {
        OpenFile file = open(PATH, OpenFlags.READ_ONLY);
        try {
            return rest(file);
        } finally {
            file.close();
        }
    }

    private void write(String text, int flags) throws FileException {
        OpenFile file = open(PATH, OpenFlags.WRITE_ONLY | flags);
        file.write(ByteBuffer.wrap(bytes(text)));
        file.close();
    }

    private static void assertMissing(FileException e) {
        assertEquals(Errno.ENOENT, e.errno());
    }

    @Test
    void whatIsPutInItsPlaceWhileItIsWrittenIsLeftAlone() throws FileException {
        assertEquals("first\n", content());
        OpenFile other = open(OTHER, OpenFlags.WRITE_ONLY | OpenFlags.CREATE);
        other.write(ByteBuffer.wrap(bytes("mine\n")));
        other.close();
        said = "second\n";
        meanwhile =
                () -> {
                    try {
                        FileName name = FileName.of("resolv.conf");
                        files.rename(files.root(), FileName.of("other"), files.root(), name);
                    } catch (FileException e) {
                        throw new AssertionError(e);
                    }
                };
        assertEquals("mine\n", content());
        assertEquals("mine\n", content());
        assertEquals(9, tree.statistics(PATH).freeFiles());
    }

    @Test
    void whoLooksFindsWhatIsSaidThen() throws FileException {
        assertEquals("first\n", content());
        said = "2\n";
        assertEquals(2, tree.attributes(null, PATH, true).size());
        assertEquals("2\n", content());
        assertEquals(0644, tree.attributes(null, PATH, true).permissions());
    }

    @Test
    void itIsAnotherFileOnlyIfSomethingElseIsSaid() throws FileException {
        long number = tree.attributes(null, PATH, true).inode();
        assertEquals(number, tree.attributes(null, PATH, true).inode());
    }

    @Test
    void whoHasItOpenReadsOnInWhatHeHasOpened() throws FileException {
        OpenFile before = open(PATH, OpenFlags.READ_ONLY);
        said = "second\n";
        assertEquals("second\n", content());
        assertEquals("first\n", rest(before));
        before.close();
        assertMissing(
                assertThrows(
                        FileException.class,
                        () -> tree.attributes(null, bytes("/.resolv.conf.new"), true)));
    }

    @Test
    void thereIsNoneBeforeSomethingIsSaid() throws FileException {
        said = null;
        assertMissing(assertThrows(FileException.class, this::content));
        said = "now\n";
        assertEquals("now\n", content());
    }

    @Test
    void oneThatWasThereBeforeStays() throws FileException {
        said = null;
        write("mine\n", OpenFlags.CREATE);
        said = "other\n";
        assertEquals("mine\n", content());
    }

    @Test
    void oneThatSomebodyHasWrittenIsHis() throws FileException {
        write("mine\n", OpenFlags.TRUNCATE);
        said = "other\n";
        assertEquals("mine\n", content());
    }

    @Test
    void oneThatSomebodyHasAddedToIsHis() throws FileException {
        write("mine\n", OpenFlags.APPEND);
        said = "other\n";
        assertEquals("first\nmine\n", content());
    }

    @Test
    void oneThatSomebodyHasCutIsHis() throws FileException {
        assertEquals("first\n", content());
        tree.truncate(null, PATH, 2);
        said = "other\n";
        assertEquals("fi", content());
    }

    @Test
    void oneThatSomebodyHasRemovedDoesNotComeBack() throws FileException {
        tree.unlink(null, PATH);
        said = "other\n";
        assertMissing(assertThrows(FileException.class, this::content));
        write("mine\n", OpenFlags.CREATE | OpenFlags.EXCLUSIVE);
        assertEquals("mine\n", content());
    }

    @Test
    void oneThatAnotherWasPutInThePlaceOfStaysThat() throws FileException {
        assertEquals("first\n", content());
        OpenFile file = open(OTHER, OpenFlags.WRITE_ONLY | OpenFlags.CREATE);
        file.write(ByteBuffer.wrap(bytes("mine\n")));
        file.close();
        tree.rename(null, OTHER, null, PATH);
        said = "other\n";
        assertEquals("mine\n", content());
    }

    @Test
    void withoutRoomItStaysAsItWas() throws FileException {
        assertEquals("first\n", content());
        char[] tooLong = new char[PAGES * TmpFileSystem.PAGE_BYTES];
        Arrays.fill(tooLong, 'x');
        said = new String(tooLong);
        assertEquals("first\n", content());
        said = "second\n";
        assertEquals("second\n", content());
    }

    /** When it is made, named or written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void withoutMemoryItStaysAsItWas(int times) throws FileException {
        assertEquals("first\n", content());
        said = "second\n";
        timesBeforeFailure = times;
        assertThrows(OutOfMemoryError.class, this::content);
        assertEquals(9, tree.statistics(PATH).freeFiles());
        assertMissing(
                assertThrows(
                        FileException.class,
                        () -> tree.attributes(null, bytes("/.resolv.conf.new"), true)));
        assertEquals("second\n", content());
        assertEquals(9, tree.statistics(PATH).freeFiles());
    }
}
