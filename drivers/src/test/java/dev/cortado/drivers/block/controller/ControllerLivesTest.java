package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of disks when a driver lives again. */
final class ControllerLivesTest {
    private final Deque<Life> next = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final ControllerLives lives =
            new ControllerLives(
                    "controller",
                    problems -> {
                        Life life = next.poll();
                        if (life == null) {
                            throw new IOException("it does not begin");
                        }
                        return life;
                    },
                    log::add);

    /** Disks in places, until it is served once. */
    private static final class Life implements ControllerLife {
        private final List<ControllerDisk> disks = new ArrayList<>();
        private boolean closed;

        Life(String... places) throws IOException {
            for (String place : places) {
                DiskGeometry geometry = DiskGeometry.of(place, place, 8, 512, false, 4096, 0);
                disks.add(new ControllerDisk(place, new CommandDisk(geometry, new Nothing())));
            }
        }

        @Override
        public List<ControllerDisk> disks() {
            return disks;
        }

        @Override
        public boolean isAlive() {
            return !closed;
        }

        @Override
        public void checkAlive() {
            // Its end is that it is served.
        }

        @Override
        public void serve(long nanoseconds) throws IOException {
            throw new IOException("it dies");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A disk that does nothing. */
    private static final class Nothing implements DiskCommands {
        @Override
        public void run(DiskTransfer transfer) {
            // Nothing.
        }

        @Override
        public void flush() {
            // Nothing.
        }

        @Override
        public void discard(long position, long length) {
            // Nothing.
        }

        @Override
        public boolean isAlive() {
            return true;
        }
    }

    @Test
    void aControllerThatDoesNotBeginIsGivenUp() {
        assertThrows(IOException.class, lives::live);
        IOException error = assertThrows(IOException.class, lives::awaitBegin);
        assertEquals("controller: it does not begin", error.getMessage());
    }

    @Test
    void aDeadLifeIsClosedAndItsErrorGoesOn() throws IOException {
        Life life = new Life("a");
        next.add(life);
        IOException error = assertThrows(IOException.class, lives::live);
        assertEquals("it dies", error.getMessage());
        assertFalse(life.isAlive());
        lives.awaitBegin();
        assertEquals(List.of("a"), List.copyOf(lives.disks().keySet()));
    }

    /** A disk that is not there in the next life is none any more; one that is new, is not used. */
    @Test
    void whatIsMissingInTheNextLifeIsGivenUp() throws IOException {
        next.add(new Life("a", "b"));
        next.add(new Life("c", "b"));
        assertThrows(IOException.class, lives::live);
        assertThrows(IOException.class, lives::live);
        assertEquals(List.of("a", "b"), List.copyOf(lives.disks().keySet()));
        IOException error = assertThrows(IOException.class, () -> lives.disks().get("a").flush());
        assertTrue(error.getMessage().contains("it is not there now"), error.getMessage());
    }

    @Test
    void whoWaitsHearsOfTheEnd() throws IOException {
        next.add(new Life("a"));
        assertThrows(IOException.class, lives::live);
        lives.giveUp(new IOException("enough"));
        IOException error = assertThrows(IOException.class, () -> lives.disks().get("a").flush());
        assertTrue(error.getMessage().endsWith("enough"), error.getMessage());
    }
}
