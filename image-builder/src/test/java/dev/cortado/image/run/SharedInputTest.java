package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedInputTest {
    @Test
    void whatComesInAfterAGuestsEndIsTheNextOnes() throws Exception {
        PipedOutputStream keys = new PipedOutputStream();
        SharedInput input = new SharedInput(new PipedInputStream(keys));
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread first =
                new Thread(() -> {
                    assertThrows(InterruptedException.class, input::take);
                    interrupted.countDown();
                });
        first.start();
        while (first.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        first.interrupt();
        interrupted.await();
        keys.write("second".getBytes());
        keys.close();
        assertEquals("second", new String(input.take()));
        assertEquals(0, input.take().length);
        assertEquals(0, input.take().length);
    }
}
