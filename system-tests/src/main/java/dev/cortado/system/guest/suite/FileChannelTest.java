package dev.cortado.system.guest.suite;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link FileChannel}. */
final class FileChannelTest extends InDirectory {
    private FileChannel open(String name) throws IOException {
        return FileChannel.open(path(name), CREATE, READ, WRITE);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return new String(bytes);
    }

    @Test
    void aPositionMovesOrStays() throws IOException {
        try (FileChannel channel = open("a")) {
            assertEquals(10, channel.write(bytes("0123456789")));
            assertEquals(10, channel.position());
            ByteBuffer three = ByteBuffer.allocate(3);
            assertEquals(3, channel.read(three, 4));
            assertEquals("456", text(three));
            assertEquals(10, channel.position());
            assertEquals(2, channel.write(bytes("ab"), 1));
            channel.position(0);
            ByteBuffer direct = ByteBuffer.allocateDirect(5);
            assertEquals(5, channel.read(direct));
            assertEquals("0ab34", text(direct));
            assertEquals(5, channel.position());
            assertEquals(-1, channel.read(three.clear(), 10));
            assertEquals(-1, channel.position(100).read(three));
            assertEquals(10, channel.size());
            assertEquals(1, channel.write(bytes("x")));
            assertEquals(101, channel.size());
        }
    }

    @Test
    void truncatingMovesThePositionBack() throws IOException {
        try (FileChannel channel = open("a")) {
            channel.write(bytes("0123456789"));
            channel.truncate(20);
            assertEquals(10, channel.size());
            channel.truncate(4);
            assertEquals(4, channel.size());
            assertEquals(4, channel.position());
            channel.force(true);
        }
        assertEquals("0123", Files.readString(path("a")));
    }

    @Test
    void buffersAreGatheredAndScattered() throws IOException {
        try (FileChannel channel = open("a")) {
            ByteBuffer[] from = {bytes("one"), ByteBuffer.allocate(0), bytes("four")};
            assertEquals(7, channel.write(from));
            channel.position(1);
            ByteBuffer[] to = {ByteBuffer.allocate(2), ByteBuffer.allocateDirect(10)};
            assertEquals(6, channel.read(to));
            assertEquals("ne", text(to[0]));
            assertEquals("four", text(to[1]));
            ByteBuffer[] large = {ByteBuffer.allocate(100_000), ByteBuffer.allocate(50_000)};
            assertEquals(150_000, channel.write(large));
        }
    }

    @Test
    void modesAreKept() throws IOException {
        file("a", "text");
        try (FileChannel reader = FileChannel.open(path("a"), READ);
                FileChannel writer = FileChannel.open(path("a"), WRITE);
                FileChannel appender = FileChannel.open(path("a"), APPEND)) {
            assertThrows(NonWritableChannelException.class, () -> reader.write(bytes("x")));
            assertThrows(
                    NonReadableChannelException.class, () -> writer.read(ByteBuffer.allocate(1)));
            appender.write(bytes("+"));
            writer.write(bytes("T"));
            appender.write(bytes("+"));
            assertEquals("Text++", Files.readString(path("a")));
        }
    }

    @Test
    void bytesGoFromFileToFile() throws IOException {
        byte[] content = new byte[200_000];
        new Random(4).nextBytes(content);
        Files.write(path("a"), content);
        try (FileChannel from = FileChannel.open(path("a"), READ);
                FileChannel to = open("b")) {
            assertEquals(content.length - 10, from.transferTo(10, 1L << 40, to));
            assertEquals(0, from.position());
            assertEquals(content.length - 10, to.position());
            from.position(5);
            assertEquals(100, to.transferFrom(from, 1, 100));
            assertEquals(105, from.position());
        }
        byte[] copied = Files.readAllBytes(path("b"));
        assertEquals(content.length - 10, copied.length);
        assertEquals(content[10], copied[0]);
        assertEquals(content[5], copied[1]);
        assertEquals(content[104], copied[100]);
        assertEquals(content[111], copied[101]);
    }

    /** From 16 KiB on the JDK would map the file. */
    @Test
    void bytesGoFromAFileToAPipe() throws Exception {
        byte[] content = new byte[100_000];
        new Random(5).nextBytes(content);
        Files.write(path("a"), content);
        Pipe pipe = Pipe.open();
        TestThread writer =
                TestThread.start(() -> {
                    try (FileChannel from = FileChannel.open(path("a"), READ);
                            Pipe.SinkChannel sink = pipe.sink()) {
                        long done = 0;
                        while (done < content.length) {
                            done += from.transferTo(done, content.length, sink);
                        }
                    }
                });
        try (Pipe.SourceChannel source = pipe.source()) {
            byte[] read = Channels.newInputStream(source).readAllBytes();
            assertTrue(Arrays.equals(content, read));
        }
        writer.finish();
    }

    @Test
    void locksOfOneProgramDoNotOverlap() throws IOException {
        try (FileChannel one = open("a");
                FileChannel two = open("a")) {
            FileLock lock = one.lock(0, 10, false);
            assertTrue(lock.isValid());
            assertThrows(OverlappingFileLockException.class, () -> two.tryLock(5, 10, false));
            try (FileLock other = two.tryLock(10, 10, true)) {
                assertTrue(other.isShared());
            }
            lock.release();
            assertFalse(lock.isValid());
            try (FileLock all = two.lock()) {
                assertEquals(Long.MAX_VALUE, all.size());
            }
        }
    }

    @Test
    void aClosedChannelDoesNothing() throws IOException {
        FileChannel channel = open("a");
        FileLock lock = channel.lock();
        channel.close();
        assertFalse(lock.isValid());
        assertThrows(ClosedChannelException.class, channel::size);
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    }

    @Test
    void anInterruptedThreadClosesTheChannel() throws IOException {
        FileChannel channel = open("a");
        Thread.currentThread().interrupt();
        assertThrows(ClosedByInterruptException.class, () -> channel.write(bytes("x")));
        assertTrue(Thread.interrupted());
        assertFalse(channel.isOpen());
    }

    @Test
    void aStreamAndItsChannelShareThePosition() throws IOException {
        file("a", "0123456789");
        try (FileInputStream in = new FileInputStream(path("a").toFile())) {
            in.read();
            assertEquals(1, in.getChannel().position());
            in.getChannel().position(5);
            assertEquals('5', in.read());
        }
    }

    @Test
    void filesAreReadAndWrittenInTheBackground() throws Exception {
        Path file = path("a");
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(file, CREATE, READ, WRITE)) {
            assertEquals(4, Deadline.get(channel.write(bytes("text"), 2)));
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertEquals(6, Deadline.get(channel.read(buffer, 0)));
            assertEquals("\0\0text", text(buffer));
            FileLock lock = Deadline.get(channel.lock());
            assertThrows(OverlappingFileLockException.class, channel::tryLock);
            lock.release();
            assertTrue(channel.tryLock() != null);
        }
    }

    @Test
    void manyThreadsWriteTheirOwnPart() throws Exception {
        int threads = 8;
        int part = 5000;
        try (FileChannel channel = open("a")) {
            List<TestThread> started = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                byte value = (byte) (i + 1);
                long start = (long) i * part;
                started.add(TestThread.start(() -> fill(channel, start, part, value)));
            }
            TestThread.finishAll(started);
        }
        byte[] all = Files.readAllBytes(path("a"));
        assertEquals(threads * part, all.length);
        for (int i = 0; i < all.length; i++) {
            assertEquals(i / part + 1, all[i]);
        }
    }

    private static void fill(FileChannel channel, long start, int length, byte value)
            throws IOException {
        for (int i = 0; i < length; i += 100) {
            byte[] bytes = new byte[100];
            Arrays.fill(bytes, value);
            channel.write(ByteBuffer.wrap(bytes), start + i);
        }
    }
}
