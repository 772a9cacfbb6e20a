package dev.cortado.system.guest.suite;

import static java.nio.channels.FileChannel.MapMode.PRIVATE;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** {@link FileChannel#map} as {@link MappedByteBuffer}s. */
final class MappedFileTest extends InDirectory {
    private static final int PAGE = 4096;

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(path(name), CREATE, READ, WRITE);
    }

    /** A file of random bytes. */
    private byte[] random(String name, int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Files.write(path(name), content);
        return content;
    }

    private MappedByteBuffer map(String name, FileChannel.MapMode mode, long position, long size)
            throws IOException {
        try (FileChannel channel = open(name)) {
            return channel.map(mode, position, size);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void aMappingShowsItsPartOfTheFile() throws IOException {
        byte[] content = random("a", 3 * PAGE + 100);
        MappedByteBuffer all = map("a", READ_ONLY, 0, content.length);
        MappedByteBuffer part = map("a", READ_ONLY, PAGE + 7, PAGE);
        assertArrayEquals(content, bytes(all));
        for (int i = 0; i < PAGE; i++) {
            assertEquals(content[PAGE + 7 + i], part.get(i));
        }
        assertTrue(all.isReadOnly());
        assertThrows(ReadOnlyBufferException.class, () -> all.put(0, (byte) 1));
        assertEquals(0, map("a", READ_ONLY, 5, 0).capacity());
    }

    @Test
    void aMappingIsWithinTheFileOrMakesItLarger() throws IOException {
        random("a", 10);
        try (FileChannel reader = FileChannel.open(path("a"), READ)) {
            assertThrows(NonWritableChannelException.class, () -> reader.map(READ_WRITE, 0, 10));
            assertThrows(IOException.class, () -> reader.map(READ_ONLY, 0, 11));
            assertThrows(IllegalArgumentException.class, () -> reader.map(READ_ONLY, -1, 1));
            assertThrows(IllegalArgumentException.class, () -> reader.map(READ_ONLY, 0, 1L << 31));
        }
        MappedByteBuffer larger = map("a", READ_WRITE, PAGE, 100);
        assertEquals(PAGE + 100, Files.size(path("a")));
        assertEquals(0, larger.get(99));
    }

    @Test
    void whatIsWrittenIsInTheFile() throws IOException {
        byte[] content = random("a", 5 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        buffer.put(0, (byte) 1).put(3 * PAGE, (byte) 2).putLong(2 * PAGE - 3, 0x1122334455667788L);
        content[0] = 1;
        content[3 * PAGE] = 2;
        ByteBuffer.wrap(content).putLong(2 * PAGE - 3, 0x1122334455667788L);
        assertArrayEquals(content, Files.readAllBytes(path("a")));
        buffer.force();
        buffer.put(4 * PAGE, (byte) 3);
        buffer.force(4 * PAGE, 1);
        content[4 * PAGE] = 3;
        assertArrayEquals(content, Files.readAllBytes(path("a")));
        assertEquals(0x1122334455667788L, buffer.getLong(2 * PAGE - 3));
    }

    @Test
    void whatTheFileGetsIsSeen() throws IOException {
        random("a", 2 * PAGE);
        MappedByteBuffer one = map("a", READ_WRITE, 0, 2 * PAGE);
        MappedByteBuffer other = map("a", READ_ONLY, PAGE, PAGE);
        one.get(PAGE);
        other.get(0);
        try (FileChannel channel = open("a")) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), PAGE - 2);
        }
        assertEquals(0x01020304, one.getInt(PAGE - 2));
        assertEquals(4, other.get(1));
        one.putInt(PAGE + 40, 77);
        assertEquals(77, other.getInt(40));
    }

    @Test
    void aPrivateMappingKeepsItsChanges() throws IOException {
        byte[] content = random("a", 2 * PAGE);
        MappedByteBuffer mine = map("a", PRIVATE, 0, content.length);
        MappedByteBuffer shared = map("a", READ_WRITE, 0, content.length);
        mine.put(10, (byte) (content[10] + 1));
        assertEquals((byte) (content[10] + 1), mine.get(10));
        assertEquals(content[11], mine.get(11));
        assertEquals(content[10], shared.get(10));
        shared.put(11, (byte) (content[11] + 1));
        assertEquals(content[11], mine.get(11));
        mine.force();
        assertEquals(content[10], Files.readAllBytes(path("a"))[10]);
    }

    @Test
    void manyBytesAreCopiedAtOnce() throws IOException {
        byte[] content = random("a", 50 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        System.arraycopy(content, 100, content, 5000, 30 * PAGE);
        buffer.put(5000, buffer.duplicate(), 100, 30 * PAGE);
        assertArrayEquals(content, bytes(buffer.duplicate()));
        System.arraycopy(content, 7000, content, 50, 30 * PAGE);
        buffer.put(50, buffer.duplicate(), 7000, 30 * PAGE);
        assertEquals(-1, buffer.mismatch(ByteBuffer.wrap(content)));
        content[40 * PAGE + 3]++;
        assertEquals(40 * PAGE + 3, buffer.mismatch(ByteBuffer.wrap(content)));
        int[] numbers = new int[5 * PAGE];
        buffer.order(ByteOrder.BIG_ENDIAN).asIntBuffer().get(0, numbers);
        assertEquals(ByteBuffer.wrap(content).getInt(4 * PAGE), numbers[PAGE]);
        buffer.asIntBuffer().put(1, numbers, 0, numbers.length);
        assertEquals(numbers[3 * PAGE], buffer.getInt(4 * (3 * PAGE + 1)));
        CRC32 sum = new CRC32();
        sum.update(buffer.duplicate());
        CRC32 expected = new CRC32();
        expected.update(Files.readAllBytes(path("a")));
        assertEquals(expected.getValue(), sum.getValue());
    }

    @Test
    void channelsReadIntoAndWriteFromMappings() throws Exception {
        byte[] content = random("a", 40 * PAGE);
        random("b", 40 * PAGE);
        MappedByteBuffer a = map("a", READ_WRITE, 0, content.length);
        MappedByteBuffer b = map("b", READ_WRITE, 0, content.length);
        try (FileChannel ofA = open("a");
                FileChannel ofB = open("b")) {
            TestThread other = TestThread.start(() -> move(ofB, a.duplicate(), true));
            move(ofA, b.duplicate(), true);
            other.finish();
            TestThread writer = TestThread.start(() -> move(ofB, a.duplicate(), false));
            move(ofA, b.duplicate(), false);
            writer.finish();
            assertEquals(content.length, ofA.size());
        }
        try (FileChannel ofA = open("a")) {
            b.put(0, content);
            move(ofA, b.duplicate(), false);
        }
        assertArrayEquals(content, bytes(a.duplicate()));
    }

    private static void move(FileChannel channel, ByteBuffer buffer, boolean reads)
            throws IOException {
        while (buffer.hasRemaining()) {
            int at = buffer.position();
            int count = reads ? channel.read(buffer, at) : channel.write(buffer, at);
            assertTrue(count > 0);
        }
    }

    /** HotSpot's words differ between its compilers; the kind of error does not. */
    @Test
    void whatWasCutOffCannotBeTouched() throws IOException {
        byte[] content = random("a", 4 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        assertEquals(content[3 * PAGE], buffer.get(3 * PAGE));
        try (FileChannel channel = open("a")) {
            channel.truncate(PAGE + 10);
        }
        assertEquals(content[PAGE + 9], buffer.get(PAGE + 9));
        assertEquals(0, buffer.get(PAGE + 10));
        assertThrows(InternalError.class, () -> buffer.get(2 * PAGE));
        assertThrows(InternalError.class, () -> buffer.put(3 * PAGE, (byte) 1));
        byte[] all = new byte[content.length];
        assertThrows(InternalError.class, () -> buffer.get(0, all));
        try (FileChannel channel = open("a")) {
            channel.write(ByteBuffer.wrap(new byte[] {5}), 3 * PAGE);
        }
        assertEquals(5, buffer.get(3 * PAGE));
        assertEquals(0, buffer.get(2 * PAGE));
    }

    @Test
    void aMappingOutlivesItsChannelAndTheFilesName() throws IOException {
        byte[] content = random("a", 2 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        Files.delete(path("a"));
        buffer.put(1, (byte) 1);
        content[1] = 1;
        assertArrayEquals(content, bytes(buffer));
    }

    @Test
    void pagesAreLoadedAndForced() throws IOException {
        byte[] content = random("a", 20 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        assertTrue(buffer.load().isLoaded());
        assertEquals(buffer, buffer.force());
        assertEquals(content[19 * PAGE], buffer.get(19 * PAGE));
    }

    /** Most of it is a hole, and together it is more than a guest of the suite has memory. */
    @Test
    void aMappingMayBeLargerThanMemory() throws IOException {
        long size = 1L << 30;
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, size);
        int stride = 9 * PAGE;
        for (int at = 0; at < size - PAGE; at += stride) {
            assertEquals(0, buffer.get(at));
        }
        for (int at = 1; at < size - PAGE; at += 1 << 23) {
            buffer.putInt(at, at);
        }
        for (int at = 0; at < size - PAGE; at += stride) {
            buffer.get(at);
        }
        for (int at = 1; at < size - PAGE; at += 1 << 23) {
            assertEquals(at, buffer.getInt(at));
        }
    }

    /** What nobody has any more is unmapped, or addresses and memory would come to an end. */
    @Test
    void mappingsThatNobodyHasMakeRoom() throws IOException {
        random("a", PAGE);
        try (FileChannel channel = open("a")) {
            for (int i = 0; i < 3000; i++) {
                MappedByteBuffer buffer = channel.map(READ_WRITE, 0, PAGE);
                buffer.putInt(0, i);
                assertEquals(i, buffer.getInt(0));
            }
        }
    }

    @Test
    void manyThreadsTouchOneMapping() throws Exception {
        byte[] content = random("a", 200 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int first = i;
            threads.add(TestThread.start(() -> touch(buffer, content, first)));
        }
        TestThread.finishAll(threads);
        byte[] file = Files.readAllBytes(path("a"));
        for (int page = 0; page < 200; page++) {
            for (int i = 0; i < 6; i++) {
                assertEquals((byte) i, file[page * PAGE + i]);
            }
        }
    }

    private static void touch(MappedByteBuffer buffer, byte[] content, int thread) {
        Random random = new Random(thread);
        for (int i = 0; i < 5000; i++) {
            int at = random.nextInt(200) * PAGE + 6 + random.nextInt(PAGE - 6);
            assertEquals(content[at], buffer.get(at));
        }
        for (int page = 0; page < 200; page++) {
            buffer.put(page * PAGE + thread, (byte) thread);
        }
    }

    @Test
    void virtualThreadsTouchMappings() throws Exception {
        byte[] content = random("a", 64 * PAGE);
        MappedByteBuffer buffer = map("a", READ_WRITE, 0, content.length);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int at = i * PAGE;
            threads.add(Thread.startVirtualThread(() -> buffer.put(at, (byte) (at / PAGE))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int i = 0; i < 64; i++) {
            assertEquals(i, buffer.get(i * PAGE));
        }
        assertFalse(buffer.isReadOnly());
    }
}
