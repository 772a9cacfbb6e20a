package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.InterruptedFiles;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.OpenFileTable;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a thread does with files that was interrupted before, and goes on nevertheless. */
final class InterruptedThreadTest {
    private static final int CREATE = OpenFlags.READ_WRITE | OpenFlags.CREATE;

    private final FileTree tree =
            new FileTree(InterruptedFiles.of(new TmpFileSystem(1 << 20, 10, () -> 0)), 0);

    private OpenFile open(String name, int flags) throws FileException {
        return tree.open(null, name.getBytes(StandardCharsets.US_ASCII), flags, 0666);
    }

    private OpenFile source() throws FileException {
        OpenFile source = open("a", CREATE);
        source.writeAt(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        return source;
    }

    @BeforeEach
    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void itsFileIsForced() throws Exception {
        OpenFileTable table = new OpenFileTable(10);
        int number = table.add(source());
        Thread.currentThread().interrupt();
        new StreamCalls(table).sync(number);
        assertTrue(Thread.interrupted());
    }

    @Test
    void itCopiesAFile() throws Exception {
        OpenFile source = source();
        OpenFile target = open("b", CREATE);
        ByteBuffer buffer = ByteBuffer.allocate(2);
        Thread.currentThread().interrupt();
        assertEquals(2, FileTransfer.copyPart(source, target, buffer));
        assertEquals(1, FileTransfer.copyPart(source, target, buffer));
        assertEquals(0, FileTransfer.copyPart(source, target, buffer));
        assertTrue(Thread.interrupted());
        assertEquals(3, target.attributes().size());
    }

    /** Of a stream of {@code Files}, whose channel stays open. */
    @Test
    void itsChannelMovesBytes() throws Exception {
        OpenFile source = source();
        Thread.currentThread().interrupt();
        assertEquals(3, ChannelCalls.run(source, file -> file.read(ByteBuffer.allocate(5))));
        assertTrue(Thread.interrupted());
    }

    /** As a reader of the console is by whoever closes his channel. */
    @Test
    void whoIsWokenLooksWhetherItsChannelIsOpen() throws Exception {
        OpenFile source = source();
        Thread.currentThread().interrupt();
        Fails.with(
                Errno.EINTR,
                () ->
                        ChannelCalls.run(
                                source,
                                file -> {
                                    assertFalse(Thread.currentThread().isInterrupted());
                                    throw new FileException(Errno.EINTR);
                                }));
        assertTrue(Thread.interrupted());
    }

    /** The interrupt comes between the bytes and the force. */
    @Test
    void whatItHasWrittenToAFileThatIsForcedEachTimeIsBehindIt() throws Exception {
        boolean[] isInterrupting = {false};
        TmpFileSystem files =
                new TmpFileSystem(
                        1 << 20,
                        10,
                        () -> {
                            if (isInterrupting[0]) {
                                Thread.currentThread().interrupt();
                            }
                            return 0;
                        });
        FileTree forced = new FileTree(InterruptedFiles.of(files), 0);
        OpenFile file = forced.open(null, new byte[] {'c'}, CREATE | OpenFlags.SYNC, 0666);
        isInterrupting[0] = true;
        assertEquals(2, file.write(ByteBuffer.allocate(2)));
        assertTrue(Thread.interrupted());
        assertEquals(2, file.position());
    }
}
