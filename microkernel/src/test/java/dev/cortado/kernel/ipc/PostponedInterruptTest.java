package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PostponedInterruptTest {
    private int begun;

    @Test
    void aWaitIsBegunAnewAndTheInterruptIsThereAfterwards() {
        CountDownLatch event = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        PostponedInterrupt.during(() -> {
            begun++;
            if (begun == 3) {
                event.countDown();
            } else if (begun == 2) {
                assertFalse(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
            }
            event.await();
        });
        assertEquals(3, begun);
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatAWaitThrowsDoesNotLoseTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThrows(
                IOException.class,
                () ->
                        PostponedInterrupt.during(() -> {
                            if (Thread.interrupted()) {
                                throw new InterruptedException();
                            }
                            throw new IOException("the end");
                        }));
        assertTrue(Thread.interrupted());
    }

    @Test
    void whoWasNotInterruptedIsNotAfterwards() {
        PostponedInterrupt.during(() -> begun++);
        assertEquals(1, begun);
        assertFalse(Thread.interrupted());
    }
}
