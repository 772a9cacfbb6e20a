package dev.cortado.runtime.file.map;

import static dev.cortado.runtime.file.map.MappedFiles.PAGE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.InterruptedFiles;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MappedSpaceTest {
    /** The least that there are. */
    private static final int FRAMES = 512;

    private final MappedFiles files = new MappedFiles(FRAMES, 3000);

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    @Test
    void pagesAreReadWhenTheyAreTouched() throws FileException {
        byte[] content = random(10 * PAGE + 5);
        Inode inode = files.create("a", content);
        long address = files.map(inode, 2, 9, MappingMode.READ_ONLY);
        assertEquals(0, files.calls("read"));
        assertEquals(content[3 * PAGE + 1], files.read(address + PAGE + 1));
        assertEquals(content[3 * PAGE + 2], files.read(address + PAGE + 2));
        assertEquals(1, files.calls("read"));
        assertEquals(content[10 * PAGE + 4], files.read(address + 8 * PAGE + 4));
        assertEquals(0, files.read(address + 8 * PAGE + 5), "behind the end");
        assertEquals(2, files.memory.frames());
        assertFalse(files.space.isLoaded(address, 2 * PAGE));
        assertTrue(files.space.isLoaded(address + PAGE + 7, PAGE - 7));
        files.space.unmap(address);
        files.memory.requireEmpty();
    }

    @Test
    void whatIsNoMappingFails() throws FileException {
        Inode inode = files.create("a", random(PAGE));
        Fails.with(
                Errno.EINVAL,
                () -> files.space.map(files.contents, inode, 1, PAGE, MappingMode.PRIVATE));
        Fails.with(
                Errno.EINVAL,
                () -> files.space.map(files.contents, inode, 0, 0, MappingMode.PRIVATE));
        long address = files.map(inode, 0, 2, MappingMode.READ_ONLY);
        Fails.with(Errno.EFAULT, () -> files.read(address + PAGE));
        Fails.with(Errno.EFAULT, () -> files.read(address + 2 * PAGE));
        Fails.with(Errno.EFAULT, () -> files.read(address - 1));
        Fails.with(Errno.EACCES, () -> files.write(address, 1));
        Fails.with(Errno.EINVAL, () -> files.space.unmap(address + PAGE));
        files.space.unmap(address);
        Fails.with(Errno.EINVAL, () -> files.space.unmap(address));
        Fails.with(Errno.EFAULT, () -> files.read(address));
    }

    @Test
    void aMappingMayHaveMorePagesThanThereIsMemory() throws FileException {
        int pages = 5 * FRAMES;
        Inode inode = files.create("a", new byte[pages * PAGE]);
        long address = files.map(inode, 0, pages, MappingMode.READ_WRITE);
        byte[] expected = new byte[pages * PAGE];
        for (int page = 0; page < pages; page++) {
            files.write(address + page * PAGE + page % PAGE, page);
            expected[page * PAGE + page % PAGE] = (byte) page;
            assertTrue(files.memory.frames() <= FRAMES);
        }
        assertArrayEquals(expected, files.content(inode));
        for (int page = pages - 1; page >= 0; page--) {
            assertEquals((byte) page, files.read(address + page * PAGE + page % PAGE));
        }
        files.space.unmap(address);
        assertArrayEquals(expected, files.stored(inode));
        files.memory.requireEmpty();
    }

    @Test
    void pagesOfOneFileMakeRoomForAnothers() throws FileException {
        Inode one = files.create("a", new byte[2 * FRAMES * PAGE]);
        Inode other = files.create("b", random(PAGE));
        long ofOne = files.map(one, 0, 2 * FRAMES, MappingMode.READ_WRITE);
        for (int page = 0; page < FRAMES; page++) {
            files.write(ofOne + page * PAGE, 1);
        }
        long ofOther = files.map(other, 0, 1, MappingMode.READ_ONLY);
        assertEquals(random(PAGE)[9], files.read(ofOther + 9));
        assertEquals(1, files.read(ofOne));
    }

    @Test
    void whatIsForcedIsInTheFile() throws FileException {
        Inode inode = files.create("a", new byte[4 * PAGE]);
        long address = files.map(inode, 0, 4, MappingMode.READ_WRITE);
        files.write(address + 1, 1);
        files.write(address + 3 * PAGE, 3);
        assertEquals(0, files.stored(inode)[1]);
        assertEquals(1, files.content(inode)[1]);
        files.space.force(address, PAGE);
        assertEquals(1, files.stored(inode)[1]);
        assertEquals(0, files.stored(inode)[3 * PAGE]);
        assertEquals(1, files.calls("sync"));
        files.write(address + 1, 2);
        files.contents.sync(inode, true);
        assertEquals(2, files.stored(inode)[1]);
        assertEquals(3, files.stored(inode)[3 * PAGE]);
        int writes = files.calls("write");
        files.space.flush();
        assertEquals(writes, files.calls("write"), "nothing has changed");
        files.write(address + 1, 4);
        files.space.flush();
        assertEquals(4, files.stored(inode)[1]);
    }

    @Test
    void whoIsInterruptedForcesNevertheless() throws FileException {
        Inode inode = files.create("a", new byte[PAGE]);
        MappedContents contents = new MappedContents(InterruptedFiles.of(files.fileSystem));
        long address = files.space.map(contents, inode, 0, PAGE, MappingMode.READ_WRITE);
        files.write(address, 1);
        Thread.currentThread().interrupt();
        files.space.force(address, PAGE);
        assertTrue(Thread.interrupted());
        assertEquals(1, files.stored(inode)[0]);
        assertEquals(1, files.calls("sync"));
    }

    @Test
    void aHoleIsFilledBeforeItIsWrittenTo() throws FileException {
        Inode full = files.create("full", random(2990 * PAGE));
        Inode inode = files.create("a", new byte[0]);
        files.contents.truncate(inode, 100 * PAGE);
        long address = files.map(inode, 0, 100, MappingMode.READ_WRITE);
        int written = 0;
        while (written < 100 && files.freePages() > 0) {
            files.write(address + written * PAGE, 1);
            written++;
        }
        int next = written;
        assertTrue(written < 20);
        Fails.with(Errno.ENOSPC, () -> files.write(address + next * PAGE, 1));
        assertEquals(0, files.read(address + next * PAGE));
        files.contents.truncate(full, 0);
        files.write(address + next * PAGE, 1);
        files.space.unmap(address);
        assertEquals(1, files.stored(inode)[next * PAGE]);
    }

    @Test
    void aPageThatCannotBeReadIsTriedAgain() throws FileException {
        byte[] content = random(PAGE);
        Inode inode = files.create("a", content);
        long address = files.map(inode, 0, 1, MappingMode.READ_ONLY);
        files.fail("read");
        Fails.with(Errno.EIO, () -> files.read(address));
        assertEquals(0, files.memory.frames());
        files.fail("");
        assertEquals(content[0], files.read(address));
        files.memory.setTables(false);
        long other = files.map(inode, 0, 1, MappingMode.READ_ONLY);
        Fails.with(Errno.ENOMEM, () -> files.read(other));
    }

    @Test
    void whatCannotBeWrittenStaysInMemory() throws FileException {
        Inode inode = files.create("a", new byte[2 * FRAMES * PAGE]);
        long address = files.map(inode, 0, 2 * FRAMES, MappingMode.READ_WRITE);
        for (int page = 0; page < FRAMES; page++) {
            files.write(address + page * PAGE, page + 1);
        }
        files.fail("write");
        Fails.with(Errno.EIO, () -> files.space.force(address, PAGE));
        Fails.with(Errno.ENOMEM, () -> files.read(address + FRAMES * PAGE));
        for (int page = 0; page < FRAMES; page++) {
            assertEquals((byte) (page + 1), files.read(address + page * PAGE));
        }
        files.fail("");
        assertEquals(0, files.read(address + FRAMES * PAGE));
        files.space.flush();
        assertEquals((byte) FRAMES, files.stored(inode)[(FRAMES - 1) * PAGE]);
        files.write(address, 99);
        files.fail("write");
        Fails.with(Errno.EIO, () -> files.space.unmap(address));
        files.memory.requireEmpty();
    }

    @Test
    void memoryThatOthersNeedIsLeftToThem() throws FileException {
        MappedFiles few = new MappedFiles(FRAMES, 500, 70);
        Inode inode = few.create("a", random(300 * PAGE));
        long address = few.map(inode, 0, 300, MappingMode.READ_WRITE);
        for (int page = 0; page < 300; page++) {
            few.write(address + page * PAGE, page);
        }
        assertTrue(few.memory.frames() <= 70);
        assertEquals(5, few.read(address + 5 * PAGE));
    }

    @Test
    void aFileWithoutANameIsThereUntilItIsUnmapped() throws FileException {
        byte[] content = random(20 * PAGE);
        Inode inode = files.create("a", content);
        long address = files.map(inode, 0, 20, MappingMode.READ_WRITE);
        long other = files.map(inode, 1, 1, MappingMode.READ_ONLY);
        files.unlink("a");
        files.space.unmap(address);
        assertEquals(content[PAGE], files.read(other));
        assertTrue(files.freePages() < 3000);
        files.space.unmap(other);
        assertEquals(3000, files.freePages());
        files.memory.requireEmpty();
    }

    @Test
    void unloadedPagesAreReadAgain() throws FileException {
        Inode inode = files.create("a", random(3 * PAGE));
        long address = files.map(inode, 0, 3, MappingMode.READ_WRITE);
        files.write(address + PAGE, 1);
        files.read(address);
        files.space.unload(address, 3 * PAGE);
        assertEquals(0, files.memory.frames());
        assertEquals(1, files.read(address + PAGE));
        ByteBuffer one = ByteBuffer.allocate(1);
        files.contents.read(inode, PAGE, one);
        assertEquals(1, one.get(0));
    }

    @Test
    void aPageThatCannotBeWrittenKeepsNoOtherFromTheFile() throws FileException {
        Inode inode = files.create("a", new byte[3 * PAGE]);
        long address = files.map(inode, 0, 3, MappingMode.READ_WRITE);
        for (int page = 0; page < 3; page++) {
            files.write(address + page * PAGE, 1);
        }
        files.failOnce("write");
        Fails.with(Errno.EIO, () -> files.space.unmap(address));
        byte[] expected = new byte[3 * PAGE];
        expected[PAGE] = 1;
        expected[2 * PAGE] = 1;
        assertArrayEquals(expected, files.stored(inode));
        files.memory.requireEmpty();
    }

    @Test
    void aPageHasAPlaceInTheFileAlsoWhereTheFileHasGrown() throws FileException {
        for (int way = 0; way < 3; way++) {
            Inode inode = files.create("grown" + way, new byte[100]);
            long address = files.map(inode, 0, 1, MappingMode.READ_WRITE);
            files.write(address, 1);
            switch (way) {
                case 0 -> files.contents.truncate(inode, PAGE);
                case 1 -> files.contents.write(inode, 2000, ByteBuffer.allocate(1));
                default -> files.contents.append(inode, ByteBuffer.allocate(1901));
            }
            files.fail("write");
            Fails.with(Errno.EIO, () -> files.write(address + 1000, 2));
            files.fail("");
            files.write(address + 1000, 2);
            files.space.unmap(address);
            assertEquals(1, files.stored(inode)[0]);
            assertEquals(2, files.stored(inode)[1000]);
        }
    }
}
