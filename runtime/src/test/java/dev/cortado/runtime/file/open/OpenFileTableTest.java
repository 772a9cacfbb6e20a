package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFileTableTest {
    private static final int MANY = 100_000;

    private static OpenFile file() {
        return new Pipe().reader();
    }

    @Test
    void givesTheLowestFreeNumber() throws FileException {
        OpenFileTable table = new OpenFileTable(1000);
        Random random = new Random(1);
        TreeMap<Integer, OpenFile> model = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            int lowest = 0;
            while (model.containsKey(lowest)) {
                lowest++;
            }
            OpenFile file = file();
            if (lowest == table.limit()) {
                Fails.with(Errno.EMFILE, () -> table.add(file));
                assertFalse(file.isClosed());
            } else if (random.nextInt(100) < 60) {
                assertEquals(lowest, table.add(file));
                model.put(lowest, file);
            }
            int number = random.nextInt(1010) - 5;
            OpenFile there = model.remove(number);
            if (there == null) {
                Fails.with(Errno.EBADF, () -> table.get(number));
                Fails.with(Errno.EBADF, () -> table.close(number));
            } else {
                assertSame(there, table.get(number));
                table.close(number);
                assertTrue(there.isClosed());
            }
            assertEquals(model.size(), table.count());
        }
    }

    @Test
    void holdsManyFilesAndNotOneMore() throws FileException {
        OpenFileTable table = new OpenFileTable(MANY);
        for (int i = 0; i < MANY; i++) {
            assertEquals(i, table.add(file()));
        }
        Fails.with(Errno.EMFILE, () -> table.add(file()));
        Fails.with(Errno.EMFILE, () -> table.duplicate(MANY - 1));
        table.close(77_777);
        assertEquals(77_777, table.duplicate(MANY - 1));
        for (int i = 0; i < MANY; i++) {
            table.close(i);
        }
        assertEquals(0, table.count());
        assertEquals(0, table.add(file()));
    }

    @Test
    void duplicatesShareTheFileUntilBothAreClosed() throws FileException {
        OpenFileTable table = new OpenFileTable(10);
        Pipe pipe = new Pipe();
        int reader = table.add(pipe.reader());
        int writer = table.add(pipe.writer());
        int copy = table.duplicate(writer);
        table.close(writer);
        assertEquals(1, table.get(copy).write(ByteBuffer.allocate(1)));
        assertEquals(1, table.get(reader).read(ByteBuffer.allocate(2)));
        table.close(copy);
        assertEquals(OpenFile.END, table.get(reader).read(ByteBuffer.allocate(2)));
    }

    @Test
    void duplicatesToAChosenNumber() throws FileException {
        OpenFileTable table = new OpenFileTable(200);
        Pipe pipe = new Pipe();
        int writer = table.add(pipe.writer());
        OpenFile replaced = file();
        int number = table.add(replaced);
        table.duplicate(writer, number);
        assertTrue(replaced.isClosed());
        table.duplicate(writer, 150);
        table.duplicate(writer, writer);
        assertFalse(table.get(writer).isClosed());
        assertEquals(3, table.count());
        table.get(150).write(ByteBuffer.allocate(5));
        assertEquals(5, pipe.reader().available());
        Fails.with(Errno.EBADF, () -> table.duplicate(writer, 200));
        Fails.with(Errno.EBADF, () -> table.duplicate(writer, -1));
        Fails.with(Errno.EBADF, () -> table.duplicate(99, 3));
        assertEquals(2, table.add(file()));
    }

    @Test
    void aPreClosedNumberStaysTaken() throws FileException {
        OpenFileTable table = new OpenFileTable(10);
        int number = table.add(file());
        table.preClose(number);
        Fails.with(Errno.EBADF, () -> table.get(number).read(ByteBuffer.allocate(1)));
        assertEquals(PollState.INVALID, table.get(number).pollState());
        assertEquals(number + 1, table.add(file()));
        table.close(number);
        assertEquals(number, table.add(file()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsInAClosedNumberGetsNothingOfTheNextFile(boolean isVirtual) throws Exception {
        OpenFileTable table = new OpenFileTable(10);
        int number = table.add(new Pipe().reader());
        ByteBuffer buffer = ByteBuffer.allocate(10);
        Within.Running<Integer> waiting =
                Within.start(isVirtual, () -> table.get(number).read(buffer)).awaitWaiting();
        table.close(number);
        Pipe other = new Pipe();
        assertEquals(number, table.add(other.reader()));
        other.writer().write(ByteBuffer.allocate(10));
        assertThrows(ClosedFileException.class, waiting::end);
        assertEquals(0, buffer.position());
        assertEquals(10, other.reader().available());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingADuplicateWakesOnlyWhoWaitsThere(boolean isVirtual) throws Exception {
        OpenFileTable table = new OpenFileTable(10);
        Pipe pipe = new Pipe();
        int number = table.add(pipe.reader());
        int copy = table.duplicate(number);
        var first =
                Within.start(isVirtual, () -> table.get(number).read(ByteBuffer.allocate(1)))
                        .awaitWaiting();
        var second =
                Within.start(isVirtual, () -> table.get(copy).read(ByteBuffer.allocate(1)))
                        .awaitWaiting();
        table.close(number);
        assertThrows(ClosedFileException.class, first::end);
        pipe.writer().write(ByteBuffer.allocate(1));
        assertEquals(1, second.end());
    }

    /** Numbers come and go in all threads; nobody sees another's bytes. */
    @Test
    void threadsDoNotMeetInEachOthersFiles() throws Exception {
        OpenFileTable table = new OpenFileTable(8);
        Within.together(
                () -> openAndClose(table, 1),
                () -> openAndClose(table, 2),
                () -> openAndClose(table, 3),
                () -> openAndClose(table, 4));
        assertEquals(0, table.count());
    }

    private static Void openAndClose(OpenFileTable table, int mark) throws FileException {
        for (int i = 0; i < 20_000; i++) {
            Pipe pipe = new Pipe();
            int reader = table.add(pipe.reader());
            int writer = table.add(pipe.writer());
            table.get(writer).write(ByteBuffer.wrap(new byte[] {(byte) mark}));
            ByteBuffer buffer = ByteBuffer.allocate(2);
            assertEquals(1, table.get(reader).read(buffer));
            assertEquals(mark, buffer.get(0));
            table.close(reader);
            table.close(writer);
        }
        return null;
    }
}
