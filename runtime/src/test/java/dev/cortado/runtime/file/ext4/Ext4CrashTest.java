package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.storage.journal.CrashStates;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wherever the machine ends, the next mount finds the files as they were after some call, with all
 * that was synced before, no block with what it had before it was a file's, and e2fsck finds
 * nothing. Scaled by {@code cortado.ext4.crashes}.
 */
final class Ext4CrashTest {
    private static final int STATES = Integer.getInteger("cortado.ext4.crashes", 60);
    private static final int CHECKED_BY_E2FSCK = 15;
    private static final long SEED = Long.getLong("cortado.ext4.seed", 1);
    private static final int CALLS = 150;
    private static final int KIBIBYTES = 4096;
    private static final long TIME = 1_700_000_000_000_000_000L;

    /** A block: so that each write is one change. */
    private static final int WRITE_BYTES = 1024;

    /**
     * After a call.
     *
     * @param events of the disk up to then
     */
    private record Moment(int events, boolean isSynced, TreeState state) {}

    @TempDir Path directory;

    private final List<Moment> moments = new ArrayList<>();
    private int checked;

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT3", "ORPHAN_FILE", "INLINE_DATA"})
    void nothingSyncedIsLost(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        leaveBytes(image);
        byte[] atStart = image.storage().image();
        image.storage().startLog();
        boolean isDiscarding = format == Format.EXT3 || format == Format.ORPHAN_FILE;
        live(image, new Random(SEED + format.ordinal()), isDiscarding ? "discard" : "");
        assertEquals(isDiscarding, image.storage().discards() > 0);
        CrashStates states = new CrashStates(atStart, image.storage().log());
        assertNull(states.check(STATES, this::defect));
    }

    /** Puts bytes into all free blocks: whoever finds them in a file has not written that file. */
    private static void leaveBytes(Ext4Image image) throws FileException {
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        FileName name = FileName.of("file");
        Inode file = mounted.create(mounted.root(), name, 0600);
        byte[] bytes = new byte[KIBIBYTES * 1024];
        Arrays.fill(bytes, (byte) 0xFF);
        mounted.write(file, 0, ByteBuffer.wrap(bytes));
        mounted.syncAll();
        mounted.unlink(mounted.root(), name);
        mounted.unmount();
    }

    private void live(Ext4Image image, Random random, String options) throws FileException {
        TmpFileSystem model = new TmpFileSystem(1L << 30, 100_000, () -> TIME);
        Ext4FileSystem mounted = image.mount(() -> TIME, options);
        RandomOperations operations = new RandomOperations(random, model, mounted, WRITE_BYTES);
        moments.add(new Moment(image.storage().log().size(), true, TreeState.of(model)));
        for (int call = 0; call < CALLS; call++) {
            operations.step();
            boolean isSynced = random.nextInt(20) == 0;
            if (isSynced) {
                mounted.syncAll();
            }
            int events = image.storage().log().size();
            moments.add(new Moment(events, isSynced, TreeState.of(model)));
        }
    }

    /** What is wrong after a crash; null if nothing is. */
    private String defect(MemoryStorage crashed, int events) {
        try {
            Ext4FileSystem mounted =
                    Ext4FileSystem.mount(
                            crashed, MountOptions.of(() -> TIME).telling(this::tell, text -> {}));
            TreeState found = TreeState.of(mounted);
            mounted.unmount();
            String defect = defect(found, events);
            if (defect == null && checked++ % Math.max(STATES / CHECKED_BY_E2FSCK, 1) == 0) {
                Path path = directory.resolve("crashed.img");
                Files.write(path, crashed.image());
                Ext4Image.of(path).assertClean();
            }
            return defect;
        } catch (FileException | IOException e) {
            return e.toString();
        }
    }

    private void tell(String text) {
        if (!text.contains("replayed")) {
            throw new AssertionError(text);
        }
    }

    private String defect(TreeState found, int events) {
        int last = 0;
        int synced = 0;
        for (int i = 0; i < moments.size() && moments.get(i).events() <= events; i++) {
            last = i;
            synced = moments.get(i).isSynced() ? i : synced;
        }
        // The next call may have been going on.
        int end = Math.min(last + 2, moments.size());
        List<TreeState> possible =
                moments.subList(synced, end).stream().map(Moment::state).toList();
        if (possible.stream().noneMatch(state -> state.metadata().equals(found.metadata()))) {
            return "no state after calls "
                    + synced
                    + " to "
                    + last
                    + ": "
                    + found.metadata()
                    + "\nthe last was "
                    + possible.getLast().metadata();
        }
        if (!found.foreign().isEmpty()) {
            return found.foreign() + " have bytes that others have left";
        }
        for (String path : found.content().keySet()) {
            Integer content = possible.getFirst().content().get(path);
            boolean isSame =
                    possible.stream()
                            .allMatch(state -> Objects.equals(state.content().get(path), content));
            if (isSame && !found.content().get(path).equals(content)) {
                return path + " has lost content since call " + synced;
            }
        }
        return null;
    }
}
