package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads in one folder, with more files than handles are kept; the server may be lost. */
@Timeout(60)
public abstract class ThreadsContract {
    private static final int THREADS = 6;
    private static final int CALLS = 150;
    private static final int FILES = 40;

    private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private volatile ServerTransport transport;

    protected abstract Protocol protocol();

    /** The way to a new server of the same folder, as the old one may still have requests. */
    protected abstract ServerTransport serve() throws FileException;

    /** How many handles the last server has given. */
    protected abstract int given();

    private Transport connect() throws FileException {
        transport = serve();
        return transport;
    }

    private void run(FolderFileSystem files, boolean isLost) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    use(files, number, isLost);
                                } catch (Throwable e) {
                                    wrong.add(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private void use(FolderFileSystem files, int number, boolean isLost) throws Exception {
        Random random = new Random(number);
        byte[][] expected = new byte[FILES][];
        Inode directory = directory(files, number);
        for (int i = 0; i < CALLS; i++) {
            int file = random.nextInt(FILES);
            try {
                if (isLost && random.nextInt(40) == 0) {
                    transport.fail("a test");
                }
                call(files, directory, file, expected, random);
            } catch (FileException e) {
                boolean isOfTheLost = e.errno() == Errno.EIO || e.errno() == Errno.EEXIST;
                assertTrue(isLost && isOfTheLost, e.toString());
                expected[file] = null; // whatever it is now
            }
        }
    }

    private Inode directory(FolderFileSystem files, int number) throws FileException {
        while (true) {
            try {
                FileName name = FileName.of("d" + number);
                return files.makeDirectory(files.root(), name, 0700);
            } catch (FileException e) {
                assertEquals(Errno.EIO, e.errno());
            }
        }
    }

    private static void call(
            FolderFileSystem files, Inode directory, int number, byte[][] expected, Random random)
            throws FileException {
        FileName name = FileName.of("f" + number);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                Inode file = find(files, directory, name);
                byte[] bytes = new byte[random.nextInt(20_000)];
                random.nextBytes(bytes);
                files.truncate(file, 0);
                int count = files.write(file, 0, ByteBuffer.wrap(bytes));
                expected[number] = Arrays.copyOf(bytes, count); // fewer if the server was lost
            }
            case 2, 3 -> {
                if (expected[number] != null) {
                    ByteBuffer to = ByteBuffer.allocate(expected[number].length);
                    files.read(files.lookup(directory, name), 0, to);
                    assertArrayEquals(expected[number], to.array());
                }
            }
            case 4 -> {
                Inode root = files.root();
                files.retain(root);
                try {
                    DirectoryEntry entry = files.nextEntry(root, DirectoryEntry.START);
                    while (entry != null) {
                        entry = files.nextEntry(root, entry.cookie());
                    }
                } finally {
                    files.release(root);
                }
            }
            default -> {
                if (expected[number] != null) {
                    assertEquals(
                            expected[number].length,
                            files.attributes(files.lookup(directory, name)).size());
                    files.unlink(directory, name);
                    expected[number] = null;
                }
            }
        }
    }

    private static Inode find(FolderFileSystem files, Inode directory, FileName name)
            throws FileException {
        try {
            return files.lookup(directory, name);
        } catch (FileException e) {
            assertEquals(Errno.ENOENT == e.errno() || Errno.EIO == e.errno(), true, e.toString());
            return files.create(directory, name, 0600);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachFindsItsOwn(boolean isLost) throws Exception {
        FolderFileSystem files =
                FolderFileSystem.mount(
                        protocol(), this::connect, Patience.USUAL, false, problem -> {});
        run(files, isLost);
        // Where the last call of all lost it, the next one begins a session.
        files.handles();
        files.unmount();
        assertEquals(1, given());
        assertEquals(1, files.handles());
    }
}
