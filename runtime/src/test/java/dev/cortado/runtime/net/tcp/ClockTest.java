package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.cortado.runtime.net.address.IpAddress;
import org.junit.jupiter.api.Test;

/** Threads ask the clock at different times: a call may come with a later one than the answer. */
final class ClockTest {
    @Test
    void answerThatIsOlderThanTheQuestion() throws Exception {
        TwoHosts hosts = new TwoHosts(1);
        TcpListener listener = hosts.server.tcp.listen(IpAddress.UNSPECIFIED, 80, 16);
        hosts.client.tcp.connect(
                IpAddress.UNSPECIFIED,
                0,
                hosts.server.address,
                80,
                ConnectionListener.NONE,
                hosts.time.now() + VirtualTime.milliseconds(200));
        // Before anything would be sent again.
        hosts.time.runFor(VirtualTime.milliseconds(500));
        assertNotNull(listener.accept());
    }
}
