package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a file has bytes, and how long it can be. */
class HolesTest {
    private static final long FAR = 1L << 33;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT3", "BLOCKS_4K"})
    void dataIsFoundBehindHoles(Format format) throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, format, 12 * 1024).mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        assertEquals(0, mounted.nextData(file, 0));
        mounted.write(file, FAR, ByteBuffer.wrap(new byte[] {1}));
        mounted.truncate(file, 2 * FAR);
        assertEquals(FAR, mounted.nextData(file, 0));
        assertEquals(FAR, mounted.nextData(file, FAR - 1));
        assertEquals(FAR + 5, mounted.nextData(file, FAR + 5));
        assertTrue(mounted.nextData(file, FAR + (1 << 20)) >= 2 * FAR);
        assertTrue(mounted.nextData(file, 3 * FAR) >= 2 * FAR);
    }

    @Test
    void whatIsInTheInodeIsNoHole() throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, Format.INLINE_DATA, 8192).mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.write(file, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertEquals(1, mounted.nextData(file, 1));
    }

    /** A byte more than fits is refused where the file is written and where it is cut. */
    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT3", "EXT2_OLD"})
    void theLongestFileIsAsLongAsItSays(Format format) throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, format, 8192).mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        long maximum = mounted.maximumSize(file);
        assertTrue(maximum >= Integer.MAX_VALUE);
        Fails.with(Errno.EFBIG, () -> mounted.write(file, maximum, ByteBuffer.allocate(1)));
        Fails.with(Errno.EFBIG, () -> mounted.truncate(file, maximum + 1));
        mounted.truncate(file, maximum);
        assertEquals(maximum, mounted.attributes(file).size());
    }
}
