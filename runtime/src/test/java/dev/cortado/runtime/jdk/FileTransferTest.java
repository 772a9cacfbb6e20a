package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.Pipe;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FileTransferTest {
    private static final long AT_POSITION = FileTransfer.AT_POSITION;

    private final byte[] content = new byte[200_000];
    private OpenFile source;

    private static OpenFile open(FileTree tree, String name) throws FileException {
        byte[] path = name.getBytes(StandardCharsets.US_ASCII);
        return tree.open(null, path, OpenFlags.READ_WRITE | OpenFlags.CREATE, 0666);
    }

    /** A file of a file system that holds no more than so many bytes. */
    private static OpenFile empty(long bytes) throws FileException {
        return open(new FileTree(new TmpFileSystem(bytes, 100, () -> 0), 0), "/a");
    }

    @BeforeEach
    void write() throws FileException {
        new Random(7).nextBytes(content);
        source = empty(1 << 20);
        source.write(ByteBuffer.wrap(content));
        source.seek(0);
    }

    private void isCopied(OpenFile target, int from, int length) throws FileException {
        ByteBuffer copied = ByteBuffer.allocate(length + 1);
        target.readAt(0, copied);
        assertEquals(length, copied.position());
        assertArrayEquals(
                Arrays.copyOfRange(content, from, from + length),
                Arrays.copyOf(copied.array(), length));
    }

    @Test
    void positionsMoveOrStay() throws FileException {
        OpenFile target = empty(1 << 20);
        assertEquals(150_000, FileTransfer.run(source, AT_POSITION, target, 0, 150_000));
        assertEquals(150_000, source.position());
        assertEquals(0, target.position());
        isCopied(target, 0, 150_000);
        target.truncate(0);
        assertEquals(199_000, FileTransfer.run(source, 1000, target, AT_POSITION, 1 << 30));
        assertEquals(150_000, source.position());
        assertEquals(199_000, target.position());
        isCopied(target, 1000, 199_000);
    }

    @Test
    void whatWasCopiedBeforeAnErrorIsTold() throws FileException {
        OpenFile target = empty(100_000);
        long done = FileTransfer.run(source, AT_POSITION, target, AT_POSITION, content.length);
        assertEquals(target.position(), done);
        assertEquals(done, source.position());
        isCopied(target, 0, (int) done);
        fails(Errno.ENOSPC, () -> FileTransfer.run(source, AT_POSITION, target, done, 1));
        assertEquals(done, source.position());
    }

    @Test
    void whatAPipeHasNoRoomForIsStillToBeRead() throws FileException {
        Pipe pipe = new Pipe();
        pipe.writer().setBlocking(false);
        pipe.writer().write(ByteBuffer.allocate(5000));
        int room = Pipe.CAPACITY - 5000;
        assertEquals(
                room,
                FileTransfer.run(source, AT_POSITION, pipe.writer(), AT_POSITION, content.length));
        assertEquals(room, source.position());
        assertEquals(
                OpenFile.UNAVAILABLE,
                FileTransfer.run(source, AT_POSITION, pipe.writer(), AT_POSITION, content.length));
        assertEquals(room, source.position());
    }

    private static void fails(Errno errno, org.junit.jupiter.api.function.Executable call) {
        assertEquals(errno, Assertions.assertThrows(FileException.class, call).errno());
    }
}
