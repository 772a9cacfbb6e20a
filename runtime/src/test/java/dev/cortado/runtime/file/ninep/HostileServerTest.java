package dev.cortado.runtime.file.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.HostileContract;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Servers of 9P that lie. */
@EnabledOnOs(OS.LINUX)
@Timeout(600)
final class HostileServerTest extends HostileContract {
    private static final int MESSAGE = 8192;

    @TempDir Path folder;

    private FolderServer honest;

    @BeforeEach
    void fill() throws IOException {
        honest = new FolderServer(folder, MESSAGE, false, null);
        Files.createDirectories(folder.resolve("d/e"));
        Files.write(folder.resolve("d/f"), new byte[20_000]);
        Files.createSymbolicLink(folder.resolve("l"), Path.of("d"));
    }

    @Override
    protected Protocol protocol() {
        return new Ninep();
    }

    @Override
    protected Transport hostile(Random random) {
        return new ServerTransport(new HostileServer(honest::answer, random), MESSAGE);
    }

    /** Answers honestly, but for one type of message. */
    private FolderFileSystem mount(int type, UnaryOperator<byte[]> other) throws FileException {
        return FolderFileSystem.mount(
                new Ninep(),
                () ->
                        new ServerTransport(
                                request ->
                                        Byte.toUnsignedInt(request[4]) == type
                                                ? other.apply(request)
                                                : honest.answer(request),
                                MESSAGE),
                Patience.USUAL,
                false,
                problem -> {});
    }

    private static byte[] reply(byte[] request, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(7 + 4 * words.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.capacity());
        bytes.put((byte) (request[4] + 1)).put(request[5]).put(request[6]);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    private static void broken(String message, Executable call) {
        assertEquals(
                "9P: " + message + ": Input/output error",
                Fails.with(Errno.EIO, call).getMessage());
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        FolderFileSystem files = mount(MessageType.READ, request -> reply(request, 9, 1, 2, 3));
        Inode file = files.lookup(files.lookup(files.root(), FileName.of("d")), FileName.of("f"));
        broken(
                "the reply of type 117 has 9 bytes of data, of 8 asked for, and 12 came",
                () -> files.read(file, 0, ByteBuffer.allocate(8)));
        FolderFileSystem writing = mount(MessageType.WRITE, request -> reply(request, 11));
        Inode written = writing.lookup(writing.root(), FileName.of("d"));
        Inode there = writing.lookup(written, FileName.of("f"));
        broken(
                "the reply of type 119 has written 11 bytes of 10",
                () -> writing.write(there, 0, ByteBuffer.allocate(10)));
        FolderFileSystem walking =
                mount(
                        MessageType.WALK,
                        request -> {
                            byte[] reply = honest.answer(request);
                            reply[7] = 2;
                            return reply;
                        });
        broken(
                "the reply of type 111 has walked 2 of 1",
                () -> walking.lookup(walking.root(), FileName.of("d")));
        FolderFileSystem tagging =
                mount(
                        MessageType.STATFS,
                        request -> {
                            byte[] reply = honest.answer(request);
                            reply[5] = 77;
                            return reply;
                        });
        String message = Fails.with(Errno.EIO, tagging::statistics).getMessage();
        assertTrue(
                message.matches("9P: the reply of type 9 has the tag 77 and not \\d: .*"), message);
        FolderFileSystem looping =
                mount(
                        MessageType.READDIR,
                        request -> {
                            byte[] first = request.clone();
                            ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).putLong(11, 0);
                            return honest.answer(first);
                        });
        broken(
                "the reply of type 41 goes on where it began",
                () -> list(looping, looping.lookup(looping.root(), FileName.of("d"))));
    }

    @Test
    void noMoreIsFreeThanThereIs() throws Exception {
        FolderFileSystem files =
                mount(
                        MessageType.STATFS,
                        request ->
                                reply(
                                        request, 0, 4096, 0, 1 << 30, 0, 1 << 30, 0, 0, 9, 0, 9, 0,
                                        0, 0, 255));
        FileSystemStatistics space = files.statistics();
        assertEquals(Long.MAX_VALUE / 4096, space.blocks());
        assertEquals(space.blocks(), space.freeBlocks());
    }

    /** QEMU's numbers are the host's: there are more than a program can do something with. */
    @Test
    void wildErrorsAreInputAndOutputErrors() throws Exception {
        for (int number : new int[] {0, -1, 4, 9, 11, 58, 134, 512, Integer.MIN_VALUE}) {
            FolderFileSystem files =
                    mount(
                            MessageType.STATFS,
                            request -> {
                                byte[] reply = reply(request, number);
                                reply[4] = MessageType.RLERROR;
                                return reply;
                            });
            Fails.with(Errno.EIO, files::statistics);
        }
    }

    @Test
    void aServerOfAnotherLanguageIsNotMounted() {
        UnaryOperator<byte[]> old =
                request ->
                        honest.answer(
                                new String(request, StandardCharsets.ISO_8859_1)
                                        .replace("9P2000.L", "9P2000.u")
                                        .getBytes(StandardCharsets.ISO_8859_1));
        Fails.with(Errno.EPROTONOSUPPORT, () -> mount(MessageType.VERSION, old));
        honest = new FolderServer(folder, 4096, false, null);
        broken("the reply of type 101 has messages of 4096 bytes", () -> mount(0, null));
        honest = new FolderServer(folder.resolve("d/f"), MESSAGE, false, null);
        Fails.with(Errno.ENOTDIR, () -> mount(0, null));
    }

    /** It is taken back, and the next one is served; without an answer to that, it is given up. */
    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        int[] flushes = {0};
        boolean[] answersFlush = {true};
        boolean[] isFlushed = {false};
        ServerTransport[] last = {null};
        Server server =
                () ->
                        last[0] =
                                new ServerTransport(
                                        request ->
                                                switch (request[4]) {
                                                    case MessageType.STATFS -> {
                                                        byte[] none =
                                                                isFlushed[0] ? new byte[0] : null;
                                                        isFlushed[0] = false;
                                                        yield none;
                                                    }
                                                    case MessageType.FLUSH -> {
                                                        flushes[0]++;
                                                        isFlushed[0] = answersFlush[0];
                                                        yield answersFlush[0]
                                                                ? reply(request)
                                                                : null;
                                                    }
                                                    default -> honest.answer(request);
                                                },
                                        MESSAGE);
        FolderFileSystem files =
                FolderFileSystem.mount(new Ninep(), server, Patience.USUAL, false, problem -> {});
        broken("no answer to a request of type 8", files::statistics);
        assertEquals(1, flushes[0]);
        files.lookup(files.root(), FileName.of("d"));
        assertTrue(last[0].isAlive());
        answersFlush[0] = false;
        broken("it answers nothing any more", files::statistics);
        assertFalse(last[0].isAlive());
        ServerTransport before = last[0];
        files.lookup(files.root(), FileName.of("d"));
        assertTrue(before != last[0], "the same again");
    }

    /** The thread stays interrupted; a reply that was faster than that counts. */
    @Test
    void whoIsInterruptedTakesTheRequestBack() throws Exception {
        byte[][] held = {null};
        boolean[] isDone = {false};
        Server server =
                () ->
                        new ServerTransport(
                                request -> {
                                    if (request[4] == MessageType.FLUSH) {
                                        held[0] = reply(request);
                                        return held[0];
                                    }
                                    boolean isLost =
                                            request[4] == MessageType.READ && held[0] != null;
                                    return isLost && !isDone[0]
                                            ? new byte[0]
                                            : honest.answer(request);
                                },
                                MESSAGE);
        FolderFileSystem files =
                FolderFileSystem.mount(new Ninep(), server, Patience.USUAL, false, problem -> {});
        Inode file = files.lookup(files.lookup(files.root(), FileName.of("d")), FileName.of("f"));
        ByteBuffer to = ByteBuffer.allocate(10_000);
        Thread.currentThread().interrupt();
        FileException e = assertThrows(FileException.class, () -> files.read(file, 0, to));
        assertTrue(Thread.interrupted(), "it was interrupted");
        assertEquals(Errno.EINTR, e.errno());
        assertEquals(0, to.position());
        isDone[0] = true;
        Thread.currentThread().interrupt();
        assertEquals(10_000, files.read(file, 0, ByteBuffer.allocate(10_000)));
        assertTrue(Thread.interrupted(), "it was interrupted");
    }

    @Test
    void aServerThatIsGoneIsAnError() throws Exception {
        int[] connections = {0};
        ServerTransport[] last = {null};
        Server server =
                () -> {
                    if (connections[0]++ > 0) {
                        throw new FileException(Errno.EIO);
                    }
                    last[0] = new ServerTransport(honest::answer, MESSAGE);
                    return last[0];
                };
        FolderFileSystem files =
                FolderFileSystem.mount(new Ninep(), server, Patience.USUAL, false, problem -> {});
        Inode directory = files.lookup(files.root(), FileName.of("d"));
        files.retain(directory);
        last[0].fail("it is gone");
        Fails.with(Errno.EIO, () -> files.attributes(directory));
        Fails.with(Errno.EIO, () -> files.nextEntry(directory, 0));
        files.release(directory);
        files.unmount();
    }
}
