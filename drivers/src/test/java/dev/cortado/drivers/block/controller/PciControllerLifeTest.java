package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.pci.TestAccess;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PciControllerLifeTest {
    private static final int MEMORY_BYTES = 1 << 16;
    private static final long PATIENCE = 1_000_000;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private boolean isMastering;
    private final TestAccess access =
            new TestAccess(
                    memory,
                    new HostFrames(memory, MEMORY_BYTES),
                    Map.of(),
                    new Semaphore(0),
                    1,
                    allowed -> isMastering = allowed);

    /** How a reset ends. */
    private enum Reset {
        DONE {
            @Override
            void end() {
                // As it should.
            }
        },
        REFUSED {
            @Override
            void end() throws IOException {
                throw new IOException("it does not reset itself");
            }
        },
        INTERRUPTED {
            @Override
            void end() throws InterruptedException {
                throw new InterruptedException();
            }
        },
        WRONG {
            @Override
            void end() {
                throw new IllegalStateException("no registers");
            }
        },
        WITHOUT_MEMORY {
            @Override
            void end() {
                throw new OutOfMemoryError("to say that it does not reset itself");
            }
        };

        abstract void end() throws IOException, InterruptedException;
    }

    /** One whose controller takes requests, and answers the first one if it is told to. */
    private final class Life extends PciControllerLife {
        private final RequestTable table;
        private final Reset reset;
        private boolean answers;

        Life(TestAccess held, Reset reset) {
            super(held, PATIENCE);
            this.reset = reset;
            table = requests.table(1);
            access.admitToMemory();
        }

        @Override
        protected void reset() throws IOException, InterruptedException {
            reset.end();
        }

        @Override
        protected void takeAnswers() {
            if (answers) {
                table.serve(() -> table.finish(0, 7));
            }
        }
    }

    /** However its reset ends: whoever waited can use his buffer for something else. */
    @ParameterizedTest
    @EnumSource(Reset.class)
    void aSilentControllerIsKeptFromMemory(Reset reset) {
        Life life = new Life(access, reset);
        assertTrue(isMastering);
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> life.table.run(slot -> {}, (slot, answer) -> answer));
        assertEquals("device: it does not answer", e.getMessage());
        assertFalse(BufferInUseException.isIn(e));
        assertFalse(isMastering);
        assertEquals(reset == Reset.INTERRUPTED, Thread.interrupted());
        life.close();
    }

    @Test
    void anInterruptHadACauseIfARequestWasAnswered() throws Exception {
        Life life = new Life(access, Reset.DONE);
        Request<Long> request = life.table.begin(slot -> {}, (slot, answer) -> answer, true);
        life.serve(0);
        assertEquals(0, access.causes.get());
        assertEquals(1, access.causeless.get());
        life.answers = true;
        life.serve(0);
        assertEquals(7, request.await());
        assertEquals(1, access.causes.get());
        life.answers = false;
        life.serve(0);
        assertEquals(1, access.causes.get());
        assertEquals(2, access.causeless.get());
        life.close();
    }

    @Test
    void anAnswerThatNobodyWaitsForIsCounted() throws Exception {
        Life life = new Life(access, Reset.DONE);
        long before = DeviceFaults.count("device", DeviceFaults.Kind.WILD_ANSWER);
        life.answers = true;
        life.serve(0);
        assertEquals(1, DeviceFaults.count("device", DeviceFaults.Kind.WILD_ANSWER) - before);
        assertFalse(life.isAlive());
        life.close();
    }

    @Test
    void aClosedOneTakesNoRequest() {
        Life life = new Life(access, Reset.DONE);
        life.close();
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> life.table.run(slot -> {}, (slot, answer) -> answer));
        assertEquals("device: it was closed", e.getMessage());
        assertFalse(life.isAlive());
        assertFalse(isMastering);
    }
}
