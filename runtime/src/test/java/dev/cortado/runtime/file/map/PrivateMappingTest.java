package dev.cortado.runtime.file.map;

import static dev.cortado.runtime.file.map.MappedFiles.PAGE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Inode;
import org.junit.jupiter.api.Test;

class PrivateMappingTest {
    private static final int FRAMES = 512;

    private final MappedFiles files = new MappedFiles(FRAMES, 2000);

    @Test
    void whatIsWrittenIsSeenThereOnly() throws FileException {
        Inode inode = files.create("a", new byte[4 * PAGE]);
        long mine = files.map(inode, 0, 4, MappingMode.PRIVATE);
        long shared = files.map(inode, 0, 4, MappingMode.READ_WRITE);
        files.read(mine + 1);
        files.write(mine + 1, 7);
        files.write(shared + 2, 8);
        assertEquals(7, files.read(mine + 1));
        assertEquals(0, files.read(mine + 2));
        assertEquals(0, files.read(shared + 1));
        files.write(shared + PAGE, 9);
        assertEquals(9, files.read(mine + PAGE), "a page that is still everybody's");
        files.space.unload(shared, 4 * PAGE);
        assertEquals(7, files.read(mine + 1));
        files.space.unmap(mine);
        files.space.unmap(shared);
        byte[] expected = new byte[4 * PAGE];
        expected[2] = 8;
        expected[PAGE] = 9;
        assertArrayEquals(expected, files.stored(inode));
        files.memory.requireEmpty();
    }

    @Test
    void changedPagesStayUntilThereIsNoMemory() throws FileException {
        Inode inode = files.create("a", new byte[2 * FRAMES * PAGE]);
        long mine = files.map(inode, 0, 2 * FRAMES, MappingMode.PRIVATE);
        int[] written = {0};
        Fails.with(
                Errno.ENOMEM,
                () -> {
                    while (true) {
                        files.write(mine + written[0] * PAGE, 1 + written[0]);
                        written[0]++;
                    }
                });
        assertEquals(FRAMES - 1, written[0], "one frame is needed to copy from");
        for (int page = 0; page < written[0]; page++) {
            assertEquals((byte) (1 + page), files.read(mine + page * PAGE));
        }
        files.space.unmap(mine);
        files.memory.requireEmpty();
        assertArrayEquals(new byte[2 * FRAMES * PAGE], files.stored(inode));
    }

    @Test
    void whatIsCutOffIsGone() throws FileException {
        Inode inode = files.create("a", new byte[4 * PAGE]);
        long mine = files.map(inode, 0, 4, MappingMode.PRIVATE);
        files.write(mine, 1);
        files.write(mine + 3 * PAGE, 1);
        files.contents.truncate(inode, PAGE);
        assertEquals(1, files.read(mine));
        Fails.with(Errno.EFAULT, () -> files.read(mine + 3 * PAGE));
        Fails.with(Errno.EFAULT, () -> files.write(mine + 3 * PAGE, 1));
        files.contents.truncate(inode, 4 * PAGE);
        assertEquals(0, files.read(mine + 3 * PAGE));
    }
}
