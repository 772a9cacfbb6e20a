package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads at once: each change is whole for the others, and what is left is in order. */
final class ConcurrencyTest {
    private static final int ROUNDS = 60;
    private static final int RECORD_BYTES = 1500;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "WITHOUT_JOURNAL", "INLINE_DATA"})
    void changesAreWhole(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 8 * 1024);
        Ext4FileSystem mounted = image.mount();
        Inode root = mounted.root();
        Inode one = mounted.makeDirectory(root, FileName.of("one"), 0700);
        Inode other = mounted.makeDirectory(root, FileName.of("other"), 0700);
        Inode shared = mounted.create(root, FileName.of("shared"), 0600);
        mounted.append(shared, record(0));
        Within.together(
                () -> write(mounted, shared, 1),
                () -> write(mounted, shared, 2),
                () -> read(mounted, shared),
                () -> read(mounted, shared),
                () -> move(mounted, one, other),
                () -> move(mounted, other, one),
                () -> makeAndRemove(mounted, one, 5),
                () -> makeAndRemove(mounted, other, 6),
                sync(mounted, shared));
        assertEquals(
                1,
                TreeComparison.entries(mounted, one).size()
                        + TreeComparison.entries(mounted, other).size()
                        - 2);
        mounted.unmount();
        image.assertClean();
    }

    private static ByteBuffer record(int value) {
        byte[] bytes = new byte[RECORD_BYTES];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private static Void write(Ext4FileSystem mounted, Inode file, int value) throws FileException {
        Random random = new Random(value);
        for (int i = 0; i < ROUNDS; i++) {
            switch (random.nextInt(3)) {
                case 0 -> mounted.append(file, record(value));
                case 1 -> mounted.truncate(file, RECORD_BYTES);
                default -> mounted.write(file, random.nextInt(9) * RECORD_BYTES, record(value));
            }
        }
        return null;
    }

    /** Each record is one writer's, or a hole. */
    private static Void read(Ext4FileSystem mounted, Inode file) throws FileException {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[RECORD_BYTES];
            int count = mounted.read(file, i % 9 * RECORD_BYTES, ByteBuffer.wrap(bytes));
            for (int at = 1; at < count; at++) {
                assertEquals(bytes[0], bytes[at], "torn");
            }
        }
        return null;
    }

    /** One file goes to and fro: it is always somewhere. */
    private static Void move(Ext4FileSystem mounted, Inode from, Inode to) throws FileException {
        FileName name = FileName.of("moved");
        for (int i = 0; i < ROUNDS; i++) {
            try {
                if (i == 0) {
                    mounted.create(from, name, 0600);
                }
                mounted.rename(from, name, to, name);
            } catch (FileException e) {
                boolean isUsual = e.errno() == Errno.ENOENT || e.errno() == Errno.EEXIST;
                assertEquals(true, isUsual, e.toString());
            }
        }
        return null;
    }

    private static Void makeAndRemove(Ext4FileSystem mounted, Inode in, int value)
            throws FileException {
        for (int i = 0; i < ROUNDS; i++) {
            FileName name = FileName.of("made" + value);
            Inode made = mounted.create(in, name, 0600);
            mounted.write(made, 0, record(value));
            mounted.retain(made);
            if (i < ROUNDS - 1) {
                mounted.unlink(in, name);
            }
            byte[] bytes = new byte[RECORD_BYTES];
            assertEquals(RECORD_BYTES, mounted.read(made, 0, ByteBuffer.wrap(bytes)));
            assertEquals(ByteBuffer.wrap(bytes), record(value));
            mounted.release(made);
        }
        return null;
    }

    private static Callable<Void> sync(Ext4FileSystem mounted, Inode file) {
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (i % 3 == 0) {
                    mounted.syncAll();
                } else {
                    mounted.sync(file, i % 3 == 1);
                }
            }
            return null;
        };
    }
}
