package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.stack.NetworkStack;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EchoRequestsTest {
    private final Semaphore work = new Semaphore(0);
    private final NetworkStack stack =
            new NetworkStack(PacketPool.ofHeap(64, 2048), new Random(1), work::release);
    private final EchoRequests requests = new EchoRequests(stack.echo(), System::nanoTime);
    private final Thread service = Thread.startVirtualThread(this::serve);

    private void serve() {
        try {
            while (true) {
                stack.service(System.nanoTime());
                if (stack.nextDelay(System.nanoTime()) != 0) {
                    work.tryAcquire(1, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // The end of a test.
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        service.interrupt();
        service.join();
    }

    @Test
    void weAnswerOurselves() {
        assertTrue(requests.isAnswered(IpAddress.parse("127.0.0.1"), 30_000));
        assertTrue(requests.isAnswered(IpAddress.parse("::1"), 30_000));
    }

    @Test
    void nobodyAnswersWhereThereIsNoWay() {
        assertFalse(requests.isAnswered(IpAddress.parse("192.0.2.1"), 20));
        assertFalse(requests.isAnswered(IpAddress.parse("127.0.0.1"), 0));
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() {
        Thread.currentThread().interrupt();
        assertFalse(requests.isAnswered(IpAddress.parse("192.0.2.1"), 30_000));
        assertTrue(Thread.interrupted());
    }
}
