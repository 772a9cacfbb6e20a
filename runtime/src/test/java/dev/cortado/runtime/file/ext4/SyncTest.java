package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Request;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the disk when a file was asked to be. */
final class SyncTest {
    private static final String NAME = "file";

    /** More than are kept in memory for nobody. */
    private static final int OTHERS = 1100;

    @TempDir Path directory;

    @Test
    void fileThatWasForgottenSinceItWasWritten() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 8 << 10, "-N", "2048");
        Ext4FileSystem mounted = image.mount();
        Inode in = mounted.makeDirectory(mounted.root(), FileName.of("others"), 0700);
        for (int i = 0; i < OTHERS; i++) {
            mounted.create(in, FileName.of("other" + i), 0600);
        }
        mounted.syncAll();
        WeakReference<Inode> known = write(mounted);
        for (int i = 0; i < OTHERS; i++) {
            mounted.lookup(in, FileName.of("other" + i));
        }
        collect(known);
        mounted.sync(mounted.lookup(mounted.root(), FileName.of(NAME)), true);

        Path crashed = Files.write(directory.resolve("crashed"), image.storage().image());
        Ext4FileSystem again = Ext4Image.of(crashed).mount();
        assertEquals(5000, again.attributes(again.lookup(again.root(), FileName.of(NAME))).size());
    }

    /**
     * The clock of files is coarse: what is written within a step of it has the times that it had.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenOverTwiceAtATimeIsNothingForTheJournal(boolean isDirect) throws Exception {
        AtomicLong time = new AtomicLong(1_000_000_000_000L);
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 8 << 10);
        Ext4FileSystem mounted = image.mount(time::get, "");
        Inode file = mounted.create(mounted.root(), FileName.of(NAME), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(8192));
        assertEquals(1, writesOf(image, mounted, file, isDirect));
        time.addAndGet(4_000_000);
        assertTrue(writesOf(image, mounted, file, isDirect) > 1);
        assertEquals(time.get(), mounted.attributes(file).modified());
        assertEquals(1, writesOf(image, mounted, file, isDirect));
    }

    private static int writesOf(
            Ext4Image image, Ext4FileSystem mounted, Inode file, boolean isDirect)
            throws Exception {
        mounted.sync(file, false);
        AtomicInteger writes = new AtomicInteger();
        image.storage()
                .setFaults((request, at, length) -> {
                    if (request == Request.WRITE) {
                        writes.incrementAndGet();
                    }
                    return false;
                });
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        if (isDirect) {
            mounted.writeDirect(file, 4096, bytes);
        } else {
            mounted.write(file, 4096, bytes);
        }
        mounted.sync(file, false);
        image.storage().setFaults((request, at, length) -> false);
        return writes.get();
    }

    private static WeakReference<Inode> write(Ext4FileSystem mounted) throws Exception {
        Inode file = mounted.create(mounted.root(), FileName.of(NAME), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(5000));
        return new WeakReference<>(file);
    }

    private static void collect(WeakReference<Inode> known) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (known.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        assertNull(known.get());
    }

    /** What it is to force may be what the unmount has still to write. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(30)
    void duringAnUnmountTheUnmountIsWaitedFor(boolean fails) throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of(NAME), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(5000));
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        image.storage()
                .setFaults((request, at, length) -> {
                    if (request == Request.READ) {
                        return false;
                    }
                    writing.countDown();
                    awaitUninterrupted(goOn);
                    return fails;
                });
        Thread unmount = Thread.ofPlatform().start(() -> tried(mounted::unmount));
        writing.await();
        AtomicReference<FileException> failure = new AtomicReference<>();
        Thread sync =
                Thread.ofPlatform().start(() -> failure.set(tried(() -> mounted.sync(file, true))));
        while (sync.getState() != Thread.State.WAITING) {
            assertTrue(sync.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
        goOn.countDown();
        sync.join();
        unmount.join();
        assertEquals(
                fails ? Errno.EIO : null, failure.get() == null ? null : failure.get().errno());
    }

    private interface Step {
        void run() throws FileException;
    }

    private static FileException tried(Step step) {
        try {
            step.run();
            return null;
        } catch (FileException e) {
            return e;
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void diskIsLeftAloneIfNothingWasWritten() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of(NAME), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(100));
        mounted.syncAll();
        long flushes = image.storage().flushes();
        mounted.syncAll();
        mounted.sync(file, false);
        assertEquals(flushes, image.storage().flushes());
        mounted.write(file, 0, ByteBuffer.allocate(100));
        image.storage().setFaults((request, at, length) -> request == Request.FLUSH);
        Fails.with(Errno.EIO, () -> mounted.sync(file, true));
        assertEquals(flushes + 1, image.storage().flushes());
    }
}
