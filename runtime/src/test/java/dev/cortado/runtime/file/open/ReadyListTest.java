package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyListTest {
    private static final ByteBuffer ONE = ByteBuffer.allocate(1);

    private final ReadyList list = new ReadyList();

    private static void write(Pipe pipe) throws FileException {
        pipe.writer().write(ONE.duplicate());
    }

    private static void read(Pipe pipe) throws FileException {
        pipe.reader().read(ONE.duplicate());
    }

    private Set<Object> ready() throws InterruptedException {
        Set<Object> attachments = new HashSet<>();
        for (ReadyList.Ready ready : list.await(0)) {
            assertTrue(attachments.add(ready.registration().attachment()), "told twice");
        }
        return attachments;
    }

    /** As a Selector does, which keeps the interrupt for who waits. */
    @Test
    void whoNeedNotWaitIsNotInterrupted() throws Exception {
        Pipe pipe = new Pipe();
        list.add(pipe.reader(), PollState.READABLE, "pipe");
        Thread.currentThread().interrupt();
        assertEquals(Set.of(), ready());
        assertTrue(Thread.interrupted());
        write(pipe);
        Thread.currentThread().interrupt();
        assertEquals(Set.of("pipe"), ready());
        assertTrue(Thread.interrupted());
    }

    /** Whatever order things happen in, it tells what asking all files would. */
    @Test
    void tellsWhatAskingEveryFileWould() throws Exception {
        Random random = new Random(1);
        List<Pipe> pipes = new ArrayList<>();
        List<ReadyList.Registration> registrations = new ArrayList<>();
        int[] interest = new int[30];
        for (int i = 0; i < interest.length; i++) {
            pipes.add(new Pipe());
            pipes.get(i).reader().setBlocking(false);
            interest[i] = PollState.READABLE;
            registrations.add(list.add(pipes.get(i).reader(), interest[i], i));
        }
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(interest.length);
            switch (random.nextInt(5)) {
                case 0 -> write(pipes.get(i));
                case 1, 2 -> read(pipes.get(i));
                case 3 -> {
                    interest[i] = random.nextBoolean() ? PollState.READABLE : 0;
                    registrations.get(i).setInterest(interest[i]);
                }
                default -> {
                    Set<Object> expected = new HashSet<>();
                    for (int j = 0; j < interest.length; j++) {
                        if ((pipes.get(j).reader().pollState() & interest[j]) != 0) {
                            expected.add(j);
                        }
                    }
                    assertEquals(expected, ready());
                }
            }
        }
    }

    @Test
    void aReadyFileIsToldAgain() throws Exception {
        Pipe pipe = new Pipe();
        write(pipe);
        list.add(pipe.reader(), PollState.READABLE, "a");
        assertEquals(Set.of("a"), ready());
        assertEquals(Set.of("a"), ready());
        read(pipe);
        assertEquals(Set.of(), ready());
    }

    @Test
    void aWriterIsToldOfRoom() throws Exception {
        Pipe pipe = new Pipe();
        pipe.writer().write(ByteBuffer.allocate(Pipe.CAPACITY));
        list.add(pipe.writer(), PollState.WRITABLE, "w");
        assertEquals(Set.of(), ready());
        pipe.reader().read(ByteBuffer.allocate(Pipe.ATOMIC_BYTES - 1));
        assertEquals(Set.of(), ready());
        read(pipe);
        assertEquals(Set.of("w"), ready());
        pipe.reader().close();
        assertEquals(PollState.WRITABLE | PollState.ERROR, list.await(0).getFirst().state());
    }

    @Test
    void aRemovedFileIsNotTold() throws Exception {
        Pipe pipe = new Pipe();
        ReadyList.Registration registration = list.add(pipe.reader(), PollState.READABLE, "a");
        write(pipe);
        registration.remove();
        assertEquals(Set.of(), ready());
    }

    @Test
    void endsAreToldToWhoAskedForSomethingElse() throws Exception {
        Pipe pipe = new Pipe();
        list.add(pipe.reader(), PollState.READABLE, "a");
        pipe.writer().close();
        assertEquals(PollState.HANG_UP, list.await(0).getFirst().state());
        pipe.reader().close();
        assertEquals(PollState.INVALID, list.await(0).getFirst().state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForAFile(boolean isVirtual) throws Exception {
        Pipe pipe = new Pipe();
        list.add(pipe.reader(), PollState.READABLE, "a");
        var waiting = Within.start(isVirtual, () -> list.await(ReadyList.FOR_EVER)).awaitWaiting();
        write(pipe);
        assertEquals(1, waiting.end().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void canBeWoken(boolean isVirtual) throws Exception {
        list.wakeUp();
        assertEquals(List.of(), list.await(ReadyList.FOR_EVER));
        var waiting = Within.start(isVirtual, () -> list.await(ReadyList.FOR_EVER)).awaitWaiting();
        list.wakeUp();
        assertEquals(List.of(), waiting.end());
        var next = Within.start(isVirtual, () -> list.await(ReadyList.FOR_EVER)).awaitWaiting();
        next.thread().interrupt();
        assertThrows(InterruptedException.class, next::end);
    }

    @Test
    void waitsNoLongerThanItShould() throws Exception {
        Pipe pipe = new Pipe();
        list.add(pipe.reader(), PollState.READABLE, "a");
        assertEquals(List.of(), list.await(1_000_000));
        assertEquals(0, PollWait.await(pipe.reader(), PollState.READABLE, 1_000_000));
        assertEquals(0, PollWait.await(pipe.reader(), PollState.READABLE, 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pollingOneFileWaitsForIt(boolean isVirtual) throws Exception {
        Pipe pipe = new Pipe();
        var waiting =
                Within.start(
                                isVirtual,
                                () ->
                                        PollWait.await(
                                                pipe.reader(),
                                                PollState.READABLE,
                                                PollWait.FOR_EVER))
                        .awaitWaiting();
        write(pipe);
        assertEquals(PollState.READABLE, waiting.end());
        assertEquals(
                PollState.READABLE,
                PollWait.await(pipe.reader(), PollState.READABLE, PollWait.FOR_EVER));
        pipe.reader().close();
        assertEquals(
                PollState.INVALID,
                PollWait.await(pipe.reader(), PollState.READABLE, PollWait.FOR_EVER));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingAFileWakesWhoPollsIt(boolean isVirtual) throws Exception {
        OpenFile file = new Pipe().reader();
        var waiting =
                Within.start(
                                isVirtual,
                                () -> PollWait.await(file, PollState.READABLE, PollWait.FOR_EVER))
                        .awaitWaiting();
        file.close();
        assertEquals(PollState.INVALID, waiting.end());
    }

    /** A selector's thread passes tokens on that others write: none is lost. */
    @Test
    void noWakeUpIsLost() throws Exception {
        int pipes = 4;
        int tokens = 20_000;
        List<Pipe> all = new ArrayList<>();
        for (int i = 0; i < pipes; i++) {
            all.add(new Pipe());
            all.get(i).reader().setBlocking(false);
            list.add(all.get(i).reader(), PollState.READABLE, all.get(i));
        }
        var selecting =
                Within.start(
                        false,
                        () -> {
                            int read = 0;
                            while (read < pipes * tokens) {
                                for (ReadyList.Ready ready : list.await(ReadyList.FOR_EVER)) {
                                    read += ready.registration().file().read(bytes());
                                }
                            }
                            return read;
                        });
        Within.together(
                () -> write(all.get(0), tokens),
                () -> write(all.get(1), tokens),
                () -> write(all.get(2), tokens),
                () -> write(all.get(3), tokens));
        assertEquals(pipes * tokens, selecting.end());
    }

    private static ByteBuffer bytes() {
        return ByteBuffer.allocate(7);
    }

    private static Void write(Pipe pipe, int tokens) throws FileException {
        for (int i = 0; i < tokens; i++) {
            write(pipe);
        }
        return null;
    }
}
