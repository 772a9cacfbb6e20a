package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bitmap that is damaged costs its group, and nothing else. */
class DamagedGroupTest {
    private static final int BLOCK_BYTES = 1024;

    /** Of four groups. */
    private static final int KIBIBYTES = 32 * 1024;

    private static final int FILES = 16;
    private static final int FILE_BYTES = 60_000;

    @TempDir Path directory;

    private Ext4Image damaged(String bitmap) throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem first = image.mount();
        first.write(
                first.create(first.root(), FileName.of("before"), 0600),
                0,
                ByteBuffer.wrap(content(7)));
        first.unmount();
        spoil(image, bitmap);
        return image;
    }

    /** Says that something is free in group 0 that is not. */
    private static void spoil(Ext4Image image, String bitmap) throws Exception {
        String stats = E2fsprogs.output("debugfs", "-R", "stats", image.save());
        Matcher matcher =
                Pattern.compile("Group  0: .*" + bitmap + " bitmap at (\\d+)").matcher(stats);
        assertTrue(matcher.find(), stats);
        byte[] bytes = image.storage().image();
        bytes[Integer.parseInt(matcher.group(1)) * BLOCK_BYTES] ^= 1;
        image.storage().write(0, ByteBuffer.wrap(bytes));
    }

    private static byte[] content(int seed) {
        byte[] bytes = new byte[FILE_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "inode"})
    void isPassedOver(String bitmap) throws Exception {
        Ext4Image image = damaged(bitmap);
        Ext4FileSystem mounted = image.mount(() -> 1_700_000_000_000_000_000L, "errors=continue");
        for (int i = 0; i < FILES; i++) {
            Inode file = mounted.create(mounted.root(), FileName.of("f" + i), 0600);
            mounted.write(file, 0, ByteBuffer.wrap(content(i)));
        }
        mounted.syncAll();
        for (int i = 0; i < FILES; i += 2) {
            mounted.unlink(mounted.root(), FileName.of("f" + i));
        }
        mounted.unlink(mounted.root(), FileName.of("before"));
        mounted.makeDirectory(mounted.root(), FileName.of("d"), 0700);
        mounted.unmount();
        assertEquals(1, image.told().size(), image.told()::toString);
        assertTrue(image.told().getFirst().contains("group 0: "), image.told()::toString);
        HostTools.Result repaired = E2fsprogs.run("e2fsck", "-fy", image.save());
        assertTrue(repaired.exitCode() <= 1, repaired.text());
        image.load();
        Ext4FileSystem again = image.mount();
        for (int i = 1; i < FILES; i += 2) {
            Inode file = again.lookup(again.root(), FileName.of("f" + i));
            assertArrayEquals(content(i), TreeComparison.content(again, file));
        }
        again.unmount();
        image.assertClean();
    }

    @Test
    void endsAllChangesIfDamageIsToDoSo() throws Exception {
        Ext4Image image = damaged("inode");
        Ext4FileSystem mounted = image.mount(() -> 0, "errors=remount-ro");
        Fails.with(Errno.EUCLEAN, () -> mounted.create(mounted.root(), FileName.of("a"), 0600));
        Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), FileName.of("a"), 0600));
        assertEquals(1, image.told().size(), image.told()::toString);
    }

    /** A place is told of once, and of too many places no more. */
    @Test
    void isToldOnce() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem first = image.mount();
        for (String name : List.of("one", "two")) {
            first.makeDirectory(first.root(), FileName.of(name), 0700);
        }
        first.unmount();
        for (String name : List.of("one", "two")) {
            E2fsprogs.output(
                    "debugfs", "-w", "-R", "set_inode_field /" + name + " mode 0", image.save());
            image.load();
        }
        Ext4FileSystem mounted = image.mount(() -> 0, "errors=continue");
        for (int i = 0; i < 5; i++) {
            for (String name : List.of("one", "two")) {
                Fails.with(Errno.EUCLEAN, () -> mounted.lookup(mounted.root(), FileName.of(name)));
            }
        }
        assertEquals(2, image.told().size(), image.told()::toString);
    }
}
