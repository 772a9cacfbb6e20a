package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipeTest {
    private final Pipe pipe = new Pipe();
    private final OpenFile reader = pipe.reader();
    private final OpenFile writer = pipe.writer();

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private void doNotWait() throws FileException {
        reader.setBlocking(false);
        writer.setBlocking(false);
    }

    @Test
    void hasTwoEnds() throws FileException {
        Fails.with(Errno.EBADF, () -> reader.write(bytes(1)));
        Fails.with(Errno.EBADF, () -> writer.read(bytes(1)));
        Fails.with(Errno.ESPIPE, () -> reader.seek(0));
        Fails.with(Errno.ESPIPE, () -> reader.readAt(0, bytes(1)));
        Fails.with(Errno.EINVAL, () -> writer.truncate(0));
        Fails.with(Errno.ENOTDIR, reader::nextEntry);
        assertEquals(FileKind.PIPE, reader.attributes().kind());
    }

    @Test
    void withoutWaitingWritesSmallPiecesWholeOrNotAtAll() throws FileException {
        doNotWait();
        assertEquals(Pipe.CAPACITY - 4095, writer.write(bytes(Pipe.CAPACITY - 4095)));
        assertEquals(OpenFile.UNAVAILABLE, writer.write(bytes(4096)));
        assertEquals(4094, writer.write(bytes(4094)));
        assertEquals(1, writer.write(bytes(5000)));
        assertEquals(OpenFile.UNAVAILABLE, writer.write(bytes(5000)));
        assertEquals(OpenFile.UNAVAILABLE, writer.write(bytes(1)));
        assertEquals(0, writer.write(bytes(0)));
        assertEquals(Pipe.CAPACITY, reader.available());
        assertEquals(Pipe.CAPACITY, reader.read(bytes(100_000)));
        assertEquals(OpenFile.UNAVAILABLE, reader.read(bytes(1)));
        assertEquals(0, reader.read(bytes(0)));
    }

    @Test
    void readersSeeTheEndOnlyBehindTheLastByte() throws FileException {
        writer.write(bytes(3));
        writer.close();
        assertEquals(3, reader.read(bytes(10)));
        assertEquals(OpenFile.END, reader.read(bytes(10)));
        assertEquals(OpenFile.END, reader.read(bytes(10)));
    }

    @Test
    void writersWithoutReadersFail() throws FileException {
        writer.write(bytes(3));
        reader.close();
        Fails.with(Errno.EPIPE, () -> writer.write(bytes(1)));
        assertEquals(0, writer.write(bytes(0)));
    }

    @Test
    void tellsWhatItIsReadyFor() throws FileException {
        assertEquals(0, reader.pollState());
        assertEquals(PollState.WRITABLE, writer.pollState());
        writer.write(bytes(Pipe.CAPACITY - 4095));
        assertEquals(PollState.READABLE, reader.pollState());
        assertEquals(0, writer.pollState());
        reader.read(bytes(1));
        assertEquals(PollState.WRITABLE, writer.pollState());
        OpenFile copy = writer.duplicate();
        writer.close();
        assertEquals(PollState.INVALID, writer.pollState());
        assertEquals(PollState.READABLE, reader.pollState());
        copy.close();
        assertEquals(PollState.READABLE | PollState.HANG_UP, reader.pollState());
        reader.read(bytes(100_000));
        assertEquals(PollState.HANG_UP, reader.pollState());
        OpenFile lonely = new Pipe().writer();
        assertEquals(PollState.WRITABLE, lonely.pollState());
        Pipe other = new Pipe();
        other.reader().close();
        assertEquals(PollState.WRITABLE | PollState.ERROR, other.writer().pollState());
    }

    private interface Use {
        int of(Pipe pipe) throws FileException;
    }

    /** Leaves no room, so that writers wait. */
    private static final Use WRITE = pipe -> pipe.writer().write(bytes(2 * Pipe.CAPACITY + 1));

    private static final Use READ = pipe -> pipe.reader().read(bytes(1));

    private Within.Running<Integer> waiting(boolean isVirtual, Use use) {
        return Within.start(isVirtual, () -> use.of(pipe)).awaitWaiting();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWakesWhoWaits(boolean isVirtual) throws Exception {
        Within.Running<Integer> waiting = waiting(isVirtual, READ);
        reader.close();
        assertThrows(ClosedFileException.class, waiting::end);
        Fails.with(Errno.EPIPE, () -> writer.write(bytes(1)));
    }

    /** However close: between looking at the file and waiting there is no gap to fall into. */
    @Test
    void closingJustWhenSomebodyBeginsToWaitWakesThat() throws Exception {
        for (int i = 0; i < 5000; i++) {
            Pipe raced = new Pipe();
            Callable<Void> read =
                    () -> {
                        Fails.with(Errno.EBADF, () -> READ.of(raced));
                        return null;
                    };
            Within.Running<Void> reading = Within.start(i % 2 == 0, read);
            for (int spin = 0; spin < i % 100; spin++) {
                Thread.onSpinWait();
            }
            raced.reader().close();
            reading.end();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingEndsAWriteThatHasBegun(boolean isVirtual) throws Exception {
        Within.Running<Integer> waiting = waiting(isVirtual, WRITE);
        writer.close();
        assertEquals(Pipe.CAPACITY, waiting.end());
        assertEquals(Pipe.CAPACITY, reader.read(bytes(100_000)));
        assertEquals(OpenFile.END, reader.read(bytes(1)));
        waiting.thread().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWriterThatWaitsIsToldThatTheReaderIsGone(boolean isVirtual) throws Exception {
        writer.write(bytes(Pipe.CAPACITY));
        Within.Running<Integer> waiting =
                Within.start(isVirtual, () -> writer.write(bytes(1))).awaitWaiting();
        reader.close();
        Fails.with(Errno.EPIPE, waiting::end);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptWakesWhoWaits(boolean isVirtual) throws Exception {
        Callable<Boolean> read =
                () -> {
                    Fails.with(Errno.EINTR, () -> reader.read(bytes(1)));
                    return Thread.currentThread().isInterrupted();
                };
        Within.Running<Boolean> waiting = Within.start(isVirtual, read).awaitWaiting();
        waiting.thread().interrupt();
        assertTrue(waiting.end());
        writer.write(bytes(1));
        assertEquals(1, reader.read(bytes(1)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsNoLongerHasToWhenThatIsSetSo(boolean isVirtual) throws Exception {
        Within.Running<Integer> waiting = waiting(isVirtual, READ);
        reader.setBlocking(false);
        assertEquals(OpenFile.UNAVAILABLE, waiting.end());
    }

    /** Each piece is filled with one byte; it must come out in one piece. */
    @Test
    void smallPiecesOfManyWritersStayTogether() throws Exception {
        int writers = 4;
        int pieces = 500;
        int pieceBytes = Pipe.ATOMIC_BYTES - 7;
        Callable<Integer> reading =
                () -> {
                    byte[] piece = new byte[pieceBytes];
                    for (int i = 0; i < writers * pieces; i++) {
                        ByteBuffer buffer = ByteBuffer.wrap(piece);
                        while (buffer.hasRemaining()) {
                            reader.read(buffer);
                        }
                        byte[] expected = new byte[pieceBytes];
                        Arrays.fill(expected, piece[0]);
                        assertTrue(Arrays.equals(expected, piece), "piece " + i);
                    }
                    return reader.read(bytes(1));
                };
        Within.Running<Integer> running = Within.start(false, reading);
        Within.together(
                () -> write(1, pieces, pieceBytes),
                () -> write(2, pieces, pieceBytes),
                () -> write(3, pieces, pieceBytes),
                () -> write(4, pieces, pieceBytes));
        writer.close();
        assertEquals(OpenFile.END, running.end());
    }

    private Void write(int mark, int pieces, int pieceBytes) throws FileException {
        byte[] piece = new byte[pieceBytes];
        Arrays.fill(piece, (byte) mark);
        for (int i = 0; i < pieces; i++) {
            assertEquals(pieceBytes, writer.write(ByteBuffer.wrap(piece)));
        }
        return null;
    }

    @Test
    void aLongWriteIsReadWhole() throws Exception {
        byte[] data = new byte[1_000_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31 + i / 251);
        }
        Within.Running<Integer> writing =
                Within.start(true, () -> writer.write(ByteBuffer.wrap(data)));
        byte[] read = new byte[data.length];
        ByteBuffer buffer = ByteBuffer.wrap(read);
        while (buffer.hasRemaining()) {
            reader.read(buffer);
        }
        assertEquals(data.length, writing.end());
        assertTrue(Arrays.equals(data, read));
    }
}
