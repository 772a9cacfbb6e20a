package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFileTest {
    /** Somebody types. */
    private static final class Typist implements ConsolePort {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Deque<Byte> typed = new ArrayDeque<>();
        private final StringBuilder shown = new StringBuilder();
        private boolean hasEnded;
        private long wakes;

        /** What somebody does just before a read looks how often he was woken, or what there is. */
        private Runnable beforeWakes = () -> {};

        private Runnable beforeRead = () -> {};

        private void change(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void type(String text) {
            change(() -> text.chars().forEach(each -> typed.add((byte) each)));
        }

        void end() {
            change(() -> hasEnded = true);
        }

        void take() {
            change(typed::remove);
        }

        @Override
        public void wake() {
            change(() -> wakes++);
        }

        @Override
        public long wakes() {
            beforeWakes.run();
            lock.lock();
            try {
                return wakes;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int read(ByteBuffer to, long before) {
            beforeRead.run();
            lock.lock();
            try {
                while (typed.isEmpty() && !hasEnded) {
                    if (wakes != before) {
                        return WOKEN;
                    }
                    changed.awaitUninterruptibly();
                }
                int count = 0;
                for (; to.hasRemaining() && !typed.isEmpty(); count++) {
                    to.put(typed.remove());
                }
                return count == 0 ? OpenFile.END : count;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean isReadable() {
            lock.lock();
            try {
                return hasEnded || !typed.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int available() {
            lock.lock();
            try {
                return typed.size();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void write(ByteBuffer from) {
            shown.append(StandardCharsets.US_ASCII.decode(from));
        }
    }

    private final Typist typist = new Typist();
    private final ConsoleFile input = ConsoleFile.input(typist);
    private final ConsoleFile output = input.output();

    private static String read(OpenFile file) throws FileException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        int count = file.read(buffer);
        return count < 0 ? "" + count : StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    @Test
    void writesWhatItIsGiven() throws FileException {
        assertEquals(2, output.write(ByteBuffer.wrap("hi".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("hi", typist.shown.toString());
        Fails.with(Errno.EBADF, () -> input.write(ByteBuffer.allocate(1)));
        Fails.with(Errno.EBADF, () -> output.read(ByteBuffer.allocate(1)));
        Fails.with(Errno.ESPIPE, () -> output.seek(0));
        assertEquals(FileKind.CHARACTER_DEVICE, input.attributes().kind());
        assertEquals(PollState.WRITABLE, output.pollState());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForInput(boolean isVirtual) throws Exception {
        assertEquals(0, input.pollState());
        var waiting = Within.start(isVirtual, () -> read(input)).awaitWaiting();
        assertEquals(1, output.write(ByteBuffer.allocate(1)));
        typist.type("abc");
        assertEquals("abc", waiting.end());
        typist.type("d");
        assertEquals(1, input.available());
        assertEquals(PollState.READABLE, input.pollState());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingOneFileWakesWhoWaitsInItAndKeepsTheConsole(boolean isVirtual) throws Exception {
        OpenFile copy = input.duplicate();
        var waiting = Within.start(isVirtual, () -> read(input)).awaitWaiting();
        input.close();
        assertThrows(ClosedFileException.class, waiting::end);
        typist.type("x");
        assertEquals("x", read(copy));
    }

    /** Whoever closes it finds nobody who waits, and who is in it has not looked yet. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWakesWhoIsAboutToWait(boolean isLate) throws Exception {
        if (isLate) {
            typist.beforeRead = input::close;
        } else {
            typist.beforeWakes = input::close;
        }
        assertThrows(ClosedFileException.class, () -> Within.start(false, () -> read(input)).end());
    }

    @Test
    void endsOnce() throws Exception {
        var waiting = Within.start(false, () -> read(input)).awaitWaiting();
        assertEquals(0, input.pollState());
        typist.end();
        assertEquals("-1", waiting.end());
        assertEquals(PollState.READABLE, input.pollState());
        assertEquals("-1", read(input));
        assertEquals(0, input.available());
    }

    @Test
    void neverWaitsIfSetSo() throws Exception {
        input.setBlocking(false);
        assertEquals("-2", read(input));
        typist.type("y");
        assertEquals("y", read(input));
        typist.type("z");
        typist.beforeRead = typist::take;
        assertEquals("-2", Within.start(false, () -> read(input)).end());
        typist.beforeRead = () -> {};
        typist.end();
        assertEquals(PollState.READABLE, input.pollState());
        assertEquals("-1", read(input));
    }

    @Test
    void whoWaitsHearsThatHeIsNotTo() throws Exception {
        typist.beforeRead =
                () -> {
                    try {
                        typist.beforeRead = () -> {};
                        input.setBlocking(false);
                    } catch (FileException e) {
                        throw new AssertionError(e);
                    }
                };
        FileException woken =
                assertThrows(
                        FileException.class, () -> Within.start(false, () -> read(input)).end());
        assertEquals(Errno.EINTR, woken.errno());
        assertEquals("-2", read(input));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsForInputKeepsNobodyFromOtherFiles(boolean isVirtual) throws Exception {
        OpenFile both = input.inputAndOutput();
        var waiting = Within.start(isVirtual, () -> read(input)).awaitWaiting();
        var others =
                Within.start(
                        isVirtual,
                        () -> {
                            int state = both.pollState();
                            both.close();
                            output.close();
                            return state;
                        });
        assertEquals(PollState.WRITABLE, others.end());
        assertEquals(Errno.EINTR, assertThrows(FileException.class, waiting::end).errno());
    }

    /** Who closes a channel wakes them again and again, until nobody is in it. */
    @Test
    void whoIsWokenInAnOpenFileMayWaitOn() throws Exception {
        var waiting = Within.start(false, () -> read(input)).awaitWaiting();
        typist.wake();
        assertEquals(Errno.EINTR, assertThrows(FileException.class, waiting::end).errno());
        typist.type("x");
        assertEquals("x", read(input));
    }
}
