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
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFileTest {
    /** Somebody types. */
    private static final class Typist implements ConsolePort {
        private final ConcurrentLinkedQueue<Integer> typed = new ConcurrentLinkedQueue<>();
        private final StringBuilder shown = new StringBuilder();
        private Runnable listener;

        void type(String text) {
            text.chars().forEach(typed::add);
            listener.run();
        }

        void end() {
            typed.add(OpenFile.END);
            listener.run();
        }

        @Override
        public int read(ByteBuffer to) {
            int count = 0;
            while (to.hasRemaining() && !typed.isEmpty()) {
                if (typed.peek() == OpenFile.END) {
                    return count == 0 ? OpenFile.END : count;
                }
                to.put(typed.remove().byteValue());
                count++;
            }
            return count;
        }

        @Override
        public int available() {
            Integer first = typed.peek();
            return first != null && first == OpenFile.END ? OpenFile.END : typed.size();
        }

        @Override
        public void write(ByteBuffer from) {
            shown.append(StandardCharsets.US_ASCII.decode(from));
        }

        @Override
        public void onInput(Runnable whenItComes) {
            listener = whenItComes;
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

    @Test
    void endsOnce() throws Exception {
        var waiting = Within.start(false, () -> read(input)).awaitWaiting();
        typist.end();
        assertEquals("-1", waiting.end());
        assertEquals(PollState.READABLE, input.pollState());
        assertEquals("-1", read(input));
        assertEquals(0, input.available());
    }

    @Test
    void neverWaitsIfSetSo() throws FileException {
        input.setBlocking(false);
        assertEquals("-2", read(input));
        typist.type("y");
        assertEquals("y", read(input));
    }

    @Test
    void aListenerHearsOfInput() throws InterruptedException, FileException {
        ReadyList list = new ReadyList();
        list.add(input, PollState.READABLE, "input");
        assertEquals(0, list.await(0).size());
        typist.type("z");
        assertEquals("input", list.await(0).getFirst().registration().attachment());
        assertEquals("z", read(input));
        assertEquals(0, list.await(0).size());
    }
}
