package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;

/** JNDI, whose providers the JDK makes by the names that a program gives. */
final class NamingTest {
    private static final int RECURSION_AVAILABLE_RESPONSE = 0x8180;

    @Test
    void addressesByDns() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            TestThread answering = TestThread.start(() -> answer(server));
            Hashtable<String, Object> environment = new Hashtable<>();
            environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
            environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + server.getLocalPort());
            DirContext context = new InitialDirContext(environment);
            assertEquals(
                    "192.0.2.7",
                    context.getAttributes("host.example", new String[] {"A"}).get("A").get());
            context.close();
            answering.finish();
        }
    }

    @Test
    void whoHasNoProviderIsTold() throws NamingException {
        Context context = new InitialContext();
        assertThrows(NoInitialContextException.class, () -> context.lookup("name"));
    }

    /** An address record (RFC 1035, 4.1) whose name points to the question's. */
    private static void answer(DatagramSocket server) throws IOException {
        DatagramPacket query = new DatagramPacket(new byte[512], 512);
        server.receive(query);
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.put(query.getData(), 0, query.getLength());
        answer.putShort(2, (short) RECURSION_AVAILABLE_RESPONSE).putShort(6, (short) 1);
        answer.put(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4});
        answer.put(new byte[] {(byte) 192, 0, 2, 7});
        server.send(
                new DatagramPacket(answer.array(), answer.position(), query.getSocketAddress()));
    }
}
