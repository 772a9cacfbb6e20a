package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Files of all kinds that lose their last name, with their content in memory and without. */
@Timeout(120)
final class ErasingTest {
    private static final int KIBIBYTES = 64 << 10;
    private static final int GROUP_BYTES = 2 << 20;

    @TempDir Path directory;

    private interface Maker {
        void make(Ext4FileSystem mounted, Inode in, FileName name) throws FileException;
    }

    private static void write(Ext4FileSystem mounted, Inode file, long position, int length)
            throws FileException {
        for (int done = 0; done < length; ) {
            ByteBuffer part = ByteBuffer.allocate(Math.min(length - done, 1 << 20));
            done += mounted.write(file, position + done, part);
        }
    }

    private static void makeFile(
            Ext4FileSystem mounted, Inode in, FileName name, int parts, int bytes)
            throws FileException {
        Inode file = mounted.create(in, name, 0600);
        for (int i = 0; i < parts; i++) {
            write(mounted, file, 4L * i * bytes, bytes);
        }
    }

    private static List<Maker> makers(Format format) {
        List<Maker> makers = new ArrayList<>();
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 0, 0));
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 1, 50));
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 1, 5000));
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 4, 3 * GROUP_BYTES / 8));
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 4, GROUP_BYTES));
        makers.add((mounted, in, name) -> makeFile(mounted, in, name, 30, 100_000));
        makers.add((mounted, in, name) -> mounted.makeSymbolicLink(in, name, new byte[] {'a'}));
        makers.add((mounted, in, name) ->
                mounted.makeSymbolicLink(in, name, "b".repeat(200).getBytes()));
        if (format != Format.EXT2_OLD) {
            for (int length : new int[] {10, 700}) {
                makers.add((mounted, in, name) -> {
                    Inode file = mounted.create(in, name, 0600);
                    mounted.setExtendedAttribute(file, "user.a".getBytes(), new byte[length]);
                    write(mounted, file, 0, 100);
                });
            }
        }
        return makers;
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = Mode.EXCLUDE, names = "BLOCKS_64K")
    void nothingIsLeftOfThem(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES, "-g", "2048");
        for (boolean isInMemory : new boolean[] {true, false}) {
            Ext4FileSystem mounted = image.mount();
            long freeBlocks = mounted.statistics().freeBlocks();
            Inode in = mounted.makeDirectory(mounted.root(), FileName.of("in"), 0700);
            int count = 0;
            for (Maker maker : makers(format)) {
                maker.make(mounted, in, FileName.of("file" + count++));
            }
            if (!isInMemory) {
                mounted.unmount();
                mounted = image.mount();
                in = mounted.lookup(mounted.root(), FileName.of("in"));
            }
            Ext4FileSystem now = mounted;
            for (int i = 0; i < count; i++) {
                FileName name = FileName.of("file" + i);
                Inode gone = now.lookup(in, name);
                long before = now.statistics().freeFiles();
                now.unlink(in, name);
                assertEquals(before + 1, now.statistics().freeFiles(), "file " + i);
                assertEquals(0, now.attributes(gone).links());
                Fails.with(Errno.ENOENT, () -> now.retain(gone));
                Inode where = in;
                Fails.with(Errno.ENOENT, () -> now.lookup(where, name));
                Inode next = now.create(in, name, 0640);
                assertEquals(0640, now.attributes(next).permissions());
                now.unlink(in, name);
            }
            now.removeDirectory(now.root(), FileName.of("in"));
            assertEquals(freeBlocks, now.statistics().freeBlocks());
            now.unmount();
            assertEquals(List.of(), image.told());
            image.assertClean();
        }
    }
}
