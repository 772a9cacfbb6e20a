package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFileTable;
import dev.cortado.runtime.file.open.Pipe;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StreamCallsTest {
    private final OpenFileTable table = new OpenFileTable(100);
    private final StreamCalls calls = new StreamCalls(table);
    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> 0), 0);

    private int open(int flags) throws FileException {
        return table.add(tree.open(null, "/a".getBytes(StandardCharsets.US_ASCII), flags, 0666));
    }

    private static void fails(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IOException.class, call).getMessage());
    }

    @Test
    void aFileIsReadAndWritten() throws Exception {
        int file = open(OpenFlags.READ_WRITE | OpenFlags.CREATE);
        calls.write(file, new byte[] {9, 1, 2, 3, 9}, 1, 3);
        assertEquals(3, calls.length(file));
        assertEquals(3, calls.position(file));
        assertEquals(-3, calls.skip(file, -3));
        assertEquals(3, calls.available(file));
        byte[] bytes = new byte[5];
        assertEquals(3, calls.read(file, bytes, 1, 4));
        assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, bytes);
        assertEquals(-1, calls.read(file, bytes, 0, 5));
        assertTrue(calls.isRegular(file));
        calls.setLength(file, 1);
        assertEquals(1, calls.position(file));
        calls.setLength(file, 10);
        assertEquals(1, calls.position(file));
        assertEquals(10, calls.length(file));
        calls.sync(file);
    }

    @Test
    void errorsHaveTheirMessages() throws Exception {
        int file = open(OpenFlags.READ_ONLY | OpenFlags.CREATE);
        fails("Bad file descriptor", () -> calls.write(file, new byte[1], 0, 1));
        fails("Invalid argument", () -> calls.setLength(file, 1));
        fails("Invalid argument", () -> calls.skip(file, -1));
        calls.seek(file, Long.MAX_VALUE);
        fails("Value too large for defined data type", () -> calls.skip(file, 1));
        calls.close(file);
        calls.close(file);
        fails("Bad file descriptor", () -> calls.length(file));
    }

    @Test
    void aPipeThatWouldWaitSaysSo() throws Exception {
        Pipe pipe = new Pipe();
        pipe.reader().setBlocking(false);
        int reader = table.add(pipe.reader());
        fails("Resource temporarily unavailable", () -> calls.read(reader, new byte[1], 0, 1));
        fails("Illegal seek", () -> calls.position(reader));
        assertFalse(calls.isRegular(reader));
    }

    @Test
    void whoIsInterruptedWaitsOn() throws Exception {
        Pipe pipe = new Pipe();
        int reader = table.add(pipe.reader());
        int writer = table.add(pipe.writer());
        FutureTask<Boolean> read =
                new FutureTask<>(() -> {
                    Thread.currentThread().interrupt();
                    assertEquals(1, calls.read(reader, new byte[1], 0, 1));
                    return Thread.interrupted();
                });
        Thread thread = Thread.ofPlatform().daemon().start(read);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
        thread.interrupt();
        calls.write(writer, new byte[1], 0, 1);
        assertTrue(read.get(30, TimeUnit.SECONDS));
    }
}
